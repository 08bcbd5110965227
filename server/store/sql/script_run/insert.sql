-- Traces of runs; :rows: one object each, with the id drawn before.
INSERT INTO script_run (id, script_id, version_id, location_id, mode, at, handler, trigger, status, because, error, log,
                        cpu_us, effect_count)
OVERRIDING SYSTEM VALUE
SELECT id, script, version, location, mode, to_timestamp(at / 1000.0), handler, trigger, status, because, error, log,
       cpu, effects
FROM jsonb_to_recordset(:rows::jsonb) AS r(id bigint, script bigint, version bigint, location bigint, mode text,
     at double precision, handler text, trigger jsonb, status text, because text, error text, log jsonb, cpu integer,
     effects integer)
