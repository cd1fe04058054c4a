-- Which codes of one dimension occur in a file of postings? Asked once for each file, for files never change.
SELECT DISTINCT postings.{drilled} AS code
FROM read_parquet($file) AS postings
