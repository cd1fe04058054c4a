-- The postings of a cell, page by page, in the order of the books; those of one account where one is asked for:
-- $accounts are the codes and leaves that stand on it, each after the number of the epoch it does so in.
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
    cell.{whole} AS whole_ore,
    cell.source,
    cell.line
FROM cell
WHERE $accounts::VARCHAR IS NULL
    OR list_contains(from_json($accounts, '["VARCHAR"]'), concat(cell.epoch, ' ', cell.account))
ORDER BY cell.scenario, cell.date, cell.source, cell.line, cell.unit, cell.account, cell.amount_ore
LIMIT $limit OFFSET $offset
