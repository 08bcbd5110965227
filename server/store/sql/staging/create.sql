-- Where measurements that may be resends wait for the merge; one a connection, emptied by each commit.
CREATE TEMPORARY TABLE IF NOT EXISTS staging (LIKE measurement) ON COMMIT DELETE ROWS
