// The simple form (phones, touch, no mouse): the page's own table with fields, saved as one leaves a field.
import { exact, oreTyped, shown } from "./parsing.js";
import { FULL_YEAR } from "./store.js";

export function bindForm({ form, data, store, faulty, painter, write: typed, say, fill, marked }) {
  const fields = [...form.querySelectorAll("input[data-account]")];
  const heldBy = (own) => [own.dataset.account, Number(own.dataset.period)];
  const entered = new Map(); // field → the version it was entered on

  function write(account) {
    const row = store.rows.get(account);
    for (const own of fields) {
      const [of, period] = heldBy(own);
      if (of !== account || own === document.activeElement || own.hasAttribute("aria-invalid")) continue;
      own.value = exact(store.amount(account, period), data.amountsIn, row.side, data.language);
    }
    tell(account, { forecast: store.forecast(account), deviation: store.deviation(account) });
    tell("", painter.totals());
  }

  // who has just written in a field; "" takes it away
  function mark(account, period, words) {
    const cell = fields.find((own) => heldBy(own)[0] === account && heldBy(own)[1] === period)?.closest("td");
    cell?.querySelector(".others")?.remove();
    if (cell && words) cell.append(Object.assign(document.createElement("span"), { className: "others", textContent: words }));
  }

  function tell(account, { forecast, deviation }) {
    const own = `[data-account="${CSS.escape(account)}"]`;
    for (const out of document.querySelectorAll(`${own} [data-out], [data-out]${own}`)) {
      const texts = {
        forecast: shown(forecast, data.amountsIn),
        deviation: shown(deviation, data.amountsIn),
        word: deviation === null ? "" : painter.word(deviation),
      };
      out.textContent = texts[out.dataset.out];
    }
  }

  function left(own) {
    const [account, period] = heldBy(own);
    const row = store.rows.get(account);
    const ore = oreTyped(own.value, data.amountsIn, row.side, data.language);
    const key = `${account}/${period}`;
    if (ore === undefined) {
      faulty.set(key, own.value);
      own.setAttribute("aria-invalid", "true");
      say(data.texts.unreadable.replace("{text}", own.value), "danger");
      marked();
      return;
    }
    own.removeAttribute("aria-invalid");
    faulty.delete(key);
    say("");
    if (ore !== store.amount(account, period)) {
      typed([{ account, period, ore, text: own.value, unit: data.amountsIn, seen: entered.get(own)?.seen }]);
    }
    own.value = exact(store.amount(account, period), data.amountsIn, row.side, data.language);
  }

  for (const own of fields) {
    own.addEventListener("focus", () => entered.set(own, store.begin(...heldBy(own))));
    own.addEventListener("blur", () => { store.end(entered.get(own)); entered.delete(own); });
    own.addEventListener("change", () => left(own));
    own.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const inColumn = fields.filter((other) => other.dataset.period === own.dataset.period);
      (inColumn[inColumn.indexOf(own) + 1] ?? own).focus();
      if (document.activeElement === own) own.blur();
    });
  }
  form.addEventListener("submit", (event) => {
    const kind = event.submitter?.dataset.use;
    event.preventDefault();
    if (kind) fill(kind, [event.submitter.closest("tr").dataset.account]);
  });
  return { write, mark, goTo: (account) => fields.find((own) => own.dataset.account === account && Number(own.dataset.period) === FULL_YEAR)?.focus() };
}
