-- Which vouchers stand behind a cell? The largest first; the caller adds up the rest.
WITH {cell}
SELECT
    cell.column_no,
    cell.source,
    cell.voucher,
    min(cell.date) AS first_date,
    min(cell.text) AS text,
    sum(cell.amount_ore) AS amount_ore,
    count(*) AS posting_count
FROM cell
GROUP BY cell.column_no, cell.source, cell.voucher
ORDER BY abs(sum(cell.amount_ore)) DESC, cell.source, cell.voucher, cell.column_no
