-- {source} with the postings of split codes in their parts, for questions about cells. Split postings are in it whole
-- as well, on codes that have no atom: the questions leave them out by that.
{source}_parts AS (
    SELECT
        postings.{column},
        postings.amount_ore AS whole_ore
    FROM {source} AS postings
    UNION ALL
    SELECT
        parts.{column},
        parts.whole_ore
    FROM {last} AS parts
),
