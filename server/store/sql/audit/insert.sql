-- Who did what (architecture.md, rule 10).
INSERT INTO audit (actor, action, deployment_id, object, address, detail)
VALUES (:actor::text, :action::text, :deployment::bigint, COALESCE(:object::text, ''), COALESCE(:address::text, ''), :detail::jsonb)
