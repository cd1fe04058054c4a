"""statsforecast on the same series: seconds for one forecast of each, without looking back. Run by its own Python."""

from __future__ import annotations

import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "src")]

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from statsforecast import StatsForecast  # noqa: E402
from statsforecast.models import AutoETS, SeasonalNaive  # noqa: E402
from synthetic import made_by_chance  # noqa: E402

SERIES, SEEN, FEW = 5000, 56, 250


def main() -> None:
    """A line for each model: its name and the seconds for all series (AutoETS scaled up from a few)."""
    actual, _ = made_by_chance(SERIES, 5, 101)
    months = np.nan_to_num(actual.reshape(SERIES, -1)[:, :SEEN])
    for name, model, count in (
        ("statsforecast SeasonalNaive", SeasonalNaive(season_length=12), SERIES),
        (f"statsforecast AutoETS (from {FEW})", AutoETS(season_length=12), FEW),
    ):
        table = pd.DataFrame(
            {
                "unique_id": np.repeat(np.arange(count), SEEN),
                "ds": np.tile(pd.date_range("2020-01-01", periods=SEEN, freq="MS"), count),
                "y": months[:count].reshape(-1),
            }
        )
        start = time.perf_counter()
        StatsForecast(models=[model], freq="MS", n_jobs=1).forecast(df=table, h=4, level=[80])
        print(f"{name} {(time.perf_counter() - start) * SERIES / count:.2f}")


if __name__ == "__main__":
    main()
