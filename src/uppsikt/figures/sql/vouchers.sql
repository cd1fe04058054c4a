-- The postings of a cell, page by page, in the order of the books; those of one account where one is asked for.
WITH {cell}
SELECT
    cell.scenario,
    cell.period,
    cell.date,
    cell.voucher,
    cell.text,
    cell.unit,
    cell.account,
    cell.activity,
    cell.project,
    cell.object,
    cell.counterparty,
    cell.marker,
    cell.amount_ore,
    cell.source,
    cell.line
FROM cell
WHERE $account::VARCHAR IS NULL OR cell.account = $account::VARCHAR
ORDER BY cell.scenario, cell.date, cell.source, cell.line, cell.unit, cell.account, cell.amount_ore
LIMIT $limit OFFSET $offset
