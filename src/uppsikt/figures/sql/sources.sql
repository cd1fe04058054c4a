-- Which files and decisions does a cell come from? The lines of one column add up to the cell.
WITH {cell}
SELECT
    cell.column_no,
    cell.scenario,
    cell.source,
    sum(cell.amount_ore) AS amount_ore,
    count(*) AS posting_count
FROM cell
GROUP BY cell.column_no, cell.scenario, cell.source
ORDER BY cell.column_no, cell.scenario, cell.source
