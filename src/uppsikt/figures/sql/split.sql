-- The postings of split codes in {source}: those alone are cut. {from} is the source itself, or for the ledger under a
-- whole statement what taken.sql has taken out of it, so that it isn't read a second time. {kept}: codes as booked, which decide what is cut and how; {steps} is the text of
-- leaves.sql for each dimension that is cut.
{source}_split AS MATERIALIZED (
    SELECT
        postings.{column},
        postings.{kept} AS booked_{kept},
        postings.amount_ore AS whole_ore
    FROM {from} AS postings
    WHERE postings.period BETWEEN $first_period AND $last_period
        AND (
            FALSE
            OR list_contains(from_json($split_{cut}, '["VARCHAR"]'), postings.{cut})
        )
),
{steps}
