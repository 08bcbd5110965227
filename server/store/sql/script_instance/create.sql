-- New instances of a script; a shadow begins as a copy of live's state and engine. :rows: [{"location","mode",
-- "version","engine"}].
INSERT INTO script_instance (script_id, location_id, mode, version_id, state, engine)
SELECT :script::bigint, r.location, r.mode, r.version, coalesce(live.state, '{}'), coalesce(live.engine, '{}') || r.engine
FROM jsonb_to_recordset(:rows::jsonb) AS r(location bigint, mode text, version bigint, engine jsonb)
LEFT JOIN script_instance live ON r.mode = 'shadow' AND live.mode = 'live' AND live.script_id = :script::bigint
                              AND live.location_id = r.location
ON CONFLICT (script_id, location_id, mode) DO NOTHING
RETURNING location_id, mode
