-- Adds what scripts did to the ten minutes of now, and forgets what nobody asks for any more. :rows: [{"script","runs",
-- "errors","effects","cpu"}].
WITH r AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(:rows::jsonb) AS r(script bigint, runs bigint, errors bigint, effects bigint, cpu bigint)
), old AS (
    DELETE FROM script_usage u USING r
    WHERE u.script_id = r.script AND u.at < now() - interval '3 days' AND u.writer IN (0, :writer::smallint)
)
INSERT INTO script_usage AS u (script_id, at, writer, runs, errors, effects, cpu_us, last_run)
SELECT script, date_bin('10 minutes', now(), 'epoch'), :writer::smallint, runs, errors, effects, cpu, now() FROM r ORDER BY script
ON CONFLICT (script_id, at, writer) DO UPDATE
SET runs = u.runs + EXCLUDED.runs, errors = u.errors + EXCLUDED.errors, effects = u.effects + EXCLUDED.effects,
    cpu_us = u.cpu_us + EXCLUDED.cpu_us, last_run = EXCLUDED.last_run
