-- Postings in columns, by atoms: part of the questions about whole statements.
--
-- Given: ledger_postings and plan_postings (one shape; the ledger's know no decision day), and the small relations
-- of figures/membership.py. A line with {ranged}, {early}, {late} or {used} stands once for each such dimension:
--   ranged  its codes in the statement lie side by side in sort order and count alike: a comparison picks them
--   early   turned into atoms before summing, for that throws rows away
--   late    turned into atoms after summing: the dimension with the most atoms
-- Where codes are split, {parts} is the text of parts.sql for the ledger and the plan, else nothing.
-- A line with {known} stands once for each day up to which some column knows decisions, $known_0 the earliest:
-- later_than is how many of them a decision came after, and known_no the number of the column's own day.
-- Postings are summed before they meet columns, so the rest works on some thousand lines: in_columns.
{parts}
summed AS (
    SELECT
        postings.scenario,
        postings.period,
        0 AS later_than,
        {early}_atoms.atom AS {early},
        postings.{late} AS {late}_code,
        sum(postings.amount_ore) AS amount_ore
    FROM {ledger_postings} AS postings
    JOIN {early}_atoms ON {early}_atoms.code IS NOT DISTINCT FROM postings.{early}
    WHERE postings.period BETWEEN $first_period AND $last_period
        AND postings.{ranged} BETWEEN $first_{ranged} AND $last_{ranged}
    GROUP BY ALL
    UNION ALL
    SELECT
        postings.scenario,
        postings.period,
        0
            + coalesce((postings.decided_on > $known_{known})::INTEGER, 0)
            AS later_than,
        {early}_atoms.atom AS {early},
        postings.{late} AS {late}_code,
        sum(postings.amount_ore) AS amount_ore
    FROM {plan_postings} AS postings
    JOIN {early}_atoms ON {early}_atoms.code IS NOT DISTINCT FROM postings.{early}
    WHERE postings.period BETWEEN $first_period AND $last_period
        AND postings.{ranged} BETWEEN $first_{ranged} AND $last_{ranged}
    GROUP BY ALL
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
