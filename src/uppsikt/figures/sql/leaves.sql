-- Postings of split codes of one dimension, a line for each leaf with what it has of the amount; others as they are.
-- A line stands once for each dimension {asked} of, so the join that asks is one line.
-- A share is exact by itself: of q * whole + r ore it has q * parts, and of the r that are over always the same.
{source}_in_{own} AS (
    SELECT
        given.{other},
        coalesce(leaves.leaf, given.{own}) AS {own},
        coalesce(
            sign(given.amount_ore) * (abs(given.amount_ore) // leaves.whole * leaves.parts + coalesce(extras.extra, 0)),
            given.amount_ore
        ) AS amount_ore,
        given.booked_{kept},
        given.whole_ore
    FROM {given} AS given
    LEFT JOIN {own}_kinds AS {asked}_kinds ON {asked}_kinds.code = given.booked_{own} AND {asked}_kinds.dimension = '{asked}' AND {asked}_kinds.other = given.booked_{asked}
    LEFT JOIN {own}_leaves AS leaves
        ON leaves.code = given.booked_{own}
        AND given.period BETWEEN leaves.first_period AND leaves.last_period
        AND leaves.{asked} = coalesce({asked}_kinds.kind, 0)
    LEFT JOIN {own}_extras AS extras
        ON extras.share_no = leaves.share_no
        AND extras.over = abs(given.amount_ore) % leaves.whole
),
