-- What is booked on each unit and account, month by month? Forecasts start from it.
SELECT
    postings.unit,
    postings.account,
    postings.period,
    sum(postings.amount_ore) AS amount_ore
FROM ledger_postings AS postings
WHERE postings.period BETWEEN $first_period AND $last_period
    AND postings.scenario = 'actual'
GROUP BY postings.unit, postings.account, postings.period
