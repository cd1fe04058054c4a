-- Which codes of one dimension stand behind a cell, and with how much? {cell} is the text of cell.sql.
WITH {cell}
SELECT
    cell.column_no,
    cell.epoch,
    cell.{drilled} AS code,
    sum(cell.amount_ore) AS amount_ore,
    count(*) AS posting_count
FROM cell
GROUP BY cell.column_no, cell.epoch, cell.{drilled}
