-- The ledger's postings on split codes, for whole statements to cut. Asked once for some codes of the same files.
SELECT
    postings.{column},
FROM ledger_postings AS postings
WHERE
    FALSE
    OR list_contains(from_json($split_{cut}, '["VARCHAR"]'), postings.{cut})
