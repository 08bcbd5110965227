-- Whether no other connection writes under this node's name; held until the connection ends.
SELECT pg_try_advisory_lock(17232, hashtext(:node::text)) AS taken
