-- How much is there month by month of each code of one dimension, row by row? {cell} is the text of cell.sql.
WITH {cell}
SELECT
    cell.row_no,
    cell.column_no,
    cell.period,
    cell.{drilled} AS code,
    sum(cell.amount_ore)::BIGINT AS amount_ore
FROM cell
GROUP BY cell.row_no, cell.column_no, cell.period, cell.{drilled}
