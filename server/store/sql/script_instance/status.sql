-- Instances that are paused or go on; :engine is put over what the engine keeps. :rows: [{"location","mode"}]. Schedules of one
-- that goes on begin at its home's present: none of those in the pause fires.
UPDATE script_instance i
SET status = :status, status_detail = :detail, updated_at = now(),
    engine = i.engine || :engine::jsonb || CASE WHEN (:engine::jsonb->>'lastingAnew')::boolean THEN
        jsonb_build_object('schedulesFrom', floor(extract(epoch FROM CASE WHEN l.clock = 'events'
            THEN COALESCE(home_newest(l.id), now()) ELSE now() END) * 1000)::bigint) ELSE '{}'::jsonb END
FROM jsonb_to_recordset(:rows::jsonb) AS r(location bigint, mode text) JOIN location l ON l.id = r.location
WHERE i.script_id = :script AND i.location_id = r.location AND i.mode = r.mode
