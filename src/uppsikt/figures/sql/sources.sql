-- Which files and decisions do cells come from? The lines of one row and column add up to their cell.
WITH {cell}
SELECT
    cell.row_no,
    cell.column_no,
    cell.scenario,
    cell.source,
    sum(cell.amount_ore) AS amount_ore,
    count(*) AS posting_count
FROM cell
GROUP BY cell.row_no, cell.column_no, cell.scenario, cell.source
