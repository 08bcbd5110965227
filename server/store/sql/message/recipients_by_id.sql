-- These participants of the deployment, with the language to write in.
SELECT id, language FROM participant
WHERE id = ANY(:ids::bigint[]) AND deployment_id = :deployment AND status NOT IN ('completed', 'withdrawn') ORDER BY id
