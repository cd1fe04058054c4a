-- What did some budget entries put in each column of each combination of atoms, and on which codes?
-- Where codes are split, {parts} is the text of parts.sql, else nothing.
WITH {parts}
placed AS (
    SELECT
        column_members.column_no,
        column_members.epoch,
        postings.source,
        {used}_atoms.atom AS {used},
        postings.{used} AS {used}_code,
        postings.amount_ore
    FROM {postings} AS postings
    JOIN {used}_atoms ON {used}_atoms.code IS NOT DISTINCT FROM postings.{used}
    JOIN column_members
        ON column_members.scenario = postings.scenario
        AND column_members.period = postings.period
        AND (column_members.known_on IS NULL OR postings.decided_on IS NULL
            OR postings.decided_on <= column_members.known_on)
    WHERE postings.period BETWEEN $first_period AND $last_period
        AND list_contains($sources, postings.source)
)
SELECT
    placed.column_no,
    placed.epoch,
    placed.source,
    placed.{used},
    placed.{used}_code,
    sum(placed.amount_ore)::BIGINT AS amount_ore
FROM placed
GROUP BY ALL
