-- What stands on some codes of one dimension, per scenario: before the month asked for each, and from it on?
WITH asked AS (
    SELECT
        unnest(from_json($codes, '["VARCHAR"]')) AS code,
        unnest(from_json($periods, '["INTEGER"]')) AS first_period
)
SELECT
    asked.code,
    postings.scenario,
    postings.period >= asked.first_period AS is_after,
    count(*) AS posting_count,
    sum(postings.amount_ore)::BIGINT AS amount_ore,
    max(postings.period) AS last_period
FROM postings
INNER JOIN asked ON postings.{drilled} = asked.code
GROUP BY asked.code, postings.scenario, is_after
ORDER BY asked.code, postings.scenario, is_after
