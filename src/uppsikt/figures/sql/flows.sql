-- How much is there of each code of one dimension, net and gross? {cell} is the text of cell.sql.
-- Gross is the turnover: credits count as the debits they mirror.
WITH {cell}
SELECT
    cell.{drilled} AS code,
    sum(cell.amount_ore)::BIGINT AS amount_ore,
    sum(abs(cell.amount_ore))::BIGINT AS gross_ore
FROM cell
GROUP BY cell.{drilled}
