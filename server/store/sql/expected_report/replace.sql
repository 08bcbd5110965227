-- The device types' table as the database judges by it; :rows: [{"type","name","interval_s"}].
WITH wanted AS (
    SELECT type, name, interval_s FROM jsonb_to_recordset(:rows::jsonb) AS r(type integer, name text, interval_s integer)
), gone AS (
    DELETE FROM expected_report e WHERE NOT EXISTS (SELECT 1 FROM wanted w WHERE w.type = e.type AND w.name = e.name)
)
INSERT INTO expected_report (type, name, interval_s) SELECT type, name, interval_s FROM wanted
ON CONFLICT (type, name) DO UPDATE SET interval_s = excluded.interval_s
WHERE expected_report.interval_s <> excluded.interval_s
