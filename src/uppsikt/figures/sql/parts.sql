-- {source} with the postings of split codes in their parts. Stands before a question that asks of {source}_parts.
-- Split postings are in it whole as well, on codes that have no atom: every question leaves them out by that.
-- Only they are cut, so a ledger is read twice, the second time for a few columns of a few postings. {kept}: codes
-- as booked, which decide what is cut and how; {steps} is the text of leaves.sql for each dimension that is cut.
{source}_split AS MATERIALIZED (
    SELECT
        postings.{column},
        postings.{kept} AS booked_{kept},
        postings.amount_ore AS whole_ore
    FROM {source} AS postings
    WHERE postings.period BETWEEN $first_period AND $last_period
        AND (
            FALSE
            OR list_contains(from_json($split_{cut}, '["VARCHAR"]'), postings.{cut})
        )
),
{steps}
{source}_parts AS (
    SELECT
        postings.{column},
        postings.amount_ore AS whole_ore
    FROM {source} AS postings
    UNION ALL
    SELECT
        parts.{column},
        parts.whole_ore
    FROM {source}_in_{last} AS parts
),
