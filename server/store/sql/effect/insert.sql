-- Effects of runs; :rows: one object each, with the id drawn before.
INSERT INTO effect (id, run_id, script_id, location_id, mode, kind, at, payload, refused)
OVERRIDING SYSTEM VALUE
SELECT id, run, script, location, mode, kind, to_timestamp(at / 1000.0), payload, refused
FROM jsonb_to_recordset(:rows::jsonb) AS r(id bigint, run bigint, script bigint, location bigint, mode text, kind text,
     at double precision, payload jsonb, refused text)
