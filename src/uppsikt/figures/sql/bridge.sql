-- What is there in each column of each combination of atoms? {summed} is the text of summed.sql: in_columns.
-- In which rows it stands before and after each change is looked up in the answer (figures/bridge.py).
WITH {summed}
SELECT
    in_columns.column_no,
    in_columns.epoch,
    in_columns.{used},
    in_columns.amount_ore
FROM in_columns
