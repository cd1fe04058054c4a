-- Postings of one relation, {source}, by month and codes: part of summed.sql.
    SELECT
        postings.scenario,
        postings.period,
        0
            + coalesce((postings.decided_on > $known_{known})::INTEGER, 0)
            AS later_than,
        {early}_atoms.atom AS {early},
        postings.{late} AS {late}_code,
        sum(postings.amount_ore) AS amount_ore
    FROM {source} AS postings
    JOIN {early}_atoms ON {early}_atoms.code IS NOT DISTINCT FROM postings.{early}
    WHERE postings.period BETWEEN $first_period AND $last_period
        AND postings.{ranged} BETWEEN $first_{ranged} AND $last_{ranged}
    GROUP BY ALL
