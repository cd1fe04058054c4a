-- The postings of split codes in {source}: those alone are cut, so a ledger is read twice, the second time for a few
-- columns of a few postings. {kept}: codes as booked, which decide what is cut and how; {steps} is the text of
-- leaves.sql for each dimension that is cut.
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
