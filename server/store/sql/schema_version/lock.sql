-- Held until the migration's transaction ends: one server migrates, the others wait. The number is "cohort" in ASCII.
SELECT pg_advisory_xact_lock(109309204099700)
