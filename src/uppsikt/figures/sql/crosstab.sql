-- What stands in every cell of a statement? {summed} is the text of summed.sql: in_columns.
-- Answer: a line for each cell (row_no, column_no), and lines with row_no NULL for money in no row.
WITH {summed},
numbered AS (
    SELECT row_number() OVER () AS part_no, in_columns.* FROM in_columns
),
in_rows AS (
    SELECT
        numbered.part_no,
        numbered.column_no,
        row_members.row_no,
        row_members.is_counted,
        numbered.amount_ore
    FROM numbered
    CROSS JOIN shapes
    JOIN row_members
        ON row_members.shape_no = shapes.shape_no
        AND row_members.epoch = numbered.epoch
        AND row_members.{used} = numbered.{used} * shapes.{used}
),
in_no_row AS (
    SELECT in_rows.part_no FROM in_rows GROUP BY in_rows.part_no HAVING NOT bool_or(in_rows.is_counted)
)
SELECT
    in_rows.row_no,
    in_rows.column_no,
    NULL AS {used},
    sum(in_rows.amount_ore) AS amount_ore
FROM in_rows
WHERE in_rows.row_no > 0
GROUP BY in_rows.row_no, in_rows.column_no
UNION ALL
SELECT
    NULL AS row_no,
    numbered.column_no,
    numbered.{used},
    numbered.amount_ore
FROM numbered
JOIN in_no_row ON in_no_row.part_no = numbered.part_no
