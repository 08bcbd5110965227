-- What runs changed; :rows: one object per instance. Rows that are gone (not deployed any more) stay gone.
UPDATE script_instance i
SET status = r.status, status_detail = r.detail, errors_in_row = r.errors, kills_in_row = r.kills, state = r.state::jsonb,
    engine = r.engine, updated_at = now()
FROM jsonb_to_recordset(:rows::jsonb) AS r(script bigint, location bigint, mode text, version bigint, status text,
     detail text, errors integer, kills integer, state text, engine jsonb)
WHERE i.script_id = r.script AND i.location_id = r.location AND i.mode = r.mode AND i.version_id = r.version
RETURNING i.script_id, i.location_id, i.mode
