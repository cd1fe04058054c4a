-- What stands on some codes of one dimension, per scenario: within the months asked for each, and outside them?
WITH asked AS (
    SELECT
        unnest(from_json($codes, '["VARCHAR"]')) AS code,
        unnest(from_json($firsts, '["INTEGER"]')) AS first_period,
        unnest(from_json($ends, '["INTEGER"]')) AS end_period
)
SELECT
    asked.code,
    postings.scenario,
    postings.period >= asked.first_period AND postings.period < asked.end_period AS is_within,
    count(*) AS posting_count,
    sum(postings.amount_ore)::BIGINT AS amount_ore,
    max(postings.period) AS last_period
FROM postings
INNER JOIN asked ON postings.{drilled} = asked.code
GROUP BY asked.code, postings.scenario, is_within
ORDER BY asked.code, postings.scenario, is_within
