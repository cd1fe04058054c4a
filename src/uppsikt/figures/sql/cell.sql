-- The postings of some cells, one line for each cell they stand in. Part of the questions about one cell: there
-- row_members and column_members hold only the rows and columns asked for, so every join throws rows away.
{parts}
cell AS (
    SELECT
        row_members.row_no,
        column_members.column_no,
        column_members.epoch,
        postings.*
    FROM {postings} AS postings
    JOIN {used}_atoms ON {used}_atoms.code IS NOT DISTINCT FROM postings.{used}
    JOIN column_members
        ON column_members.scenario = postings.scenario
        AND column_members.period = postings.period
        AND (column_members.known_on IS NULL OR postings.decided_on IS NULL
            OR postings.decided_on <= column_members.known_on)
    CROSS JOIN shapes
    JOIN row_members
        ON row_members.shape_no = shapes.shape_no
        AND row_members.epoch = column_members.epoch
        AND row_members.{used} = {used}_atoms.atom * shapes.{used}
    WHERE postings.period BETWEEN $first_period AND $last_period
)
