-- Postings in columns, by atoms: part of the questions about whole statements.
--
-- Given: ledger_postings and plan_postings (one shape; the ledger's know no decision day), and the small relations
-- of figures/membership.py. A line with {ranged}, {early}, {late} or {used} stands once for each such dimension:
--   ranged  its codes in the statement lie side by side in sort order and count alike: a comparison picks them
--   early   turned into atoms before summing, for that throws rows away
--   late    turned into atoms after summing: the dimension with the most atoms
-- {sums} is the text of sums.sql for the ledger and the plan. Where codes are split, {parts} has their postings in
-- parts, and they are summed too: apart, for a sum of what was just computed is slower than one of what was read.
-- A line with {known} stands once for each day up to which some column knows decisions, $known_0 the earliest:
-- later_than is how many of them a decision came after, and known_no the number of the column's own day.
-- Postings are summed before they meet columns, so the rest works on some thousand lines: in_columns.
{parts}
summed AS (
{sums}
),
in_columns AS (
    SELECT
        column_members.column_no,
        column_members.epoch,
        $atom_{ranged} AS {ranged},
        summed.{early},
        {late}_atoms.atom AS {late},
        sum(summed.amount_ore) AS amount_ore
    FROM summed
    JOIN {late}_atoms ON {late}_atoms.code IS NOT DISTINCT FROM summed.{late}_code
    JOIN column_members
        ON column_members.scenario = summed.scenario
        AND column_members.period = summed.period
        AND (column_members.known_no IS NULL OR summed.later_than <= column_members.known_no)
    GROUP BY ALL
)
