-- What is to be counted again: touched, due by itself, or at a server that is alive no more, or again; of the first two at
-- most :most each; `taken`: of which there were more, so many.
WITH flipped AS (
    UPDATE node SET counted = NOT counted
    WHERE counted <> (heartbeat > now() - make_interval(secs => :alive_s::integer))
    RETURNING name
), touched AS (
    DELETE FROM count_touched WHERE ctid = ANY(ARRAY(SELECT ctid FROM count_touched LIMIT :most::integer))
    RETURNING deployment_id, location_id
), due AS (
    SELECT deployment_id, location_id FROM home_state WHERE due_at <= now() ORDER BY due_at LIMIT :most::integer
)
SELECT h.*, GREATEST((SELECT count(*) FROM touched), (SELECT count(*) FROM due)) AS taken
FROM (
    SELECT d.deployment_id, d.location_id
    FROM flipped f JOIN device_presence p ON p.node = f.name AND p.connected JOIN device d ON d.id = p.device_id
    UNION SELECT deployment_id, location_id FROM touched
    UNION SELECT deployment_id, location_id FROM due
) h
