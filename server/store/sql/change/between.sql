-- The changes of transactions from :from on that have ended, whatever their order was; :floor spares the older rows.
SELECT c.seq, c.kind, coalesce(c.deployment_id, l.deployment_id) AS deployment_id, c.location_id, c.object_id
FROM change c LEFT JOIN location l ON l.id = c.location_id
WHERE seq > :floor AND xid >= (:from::text)::xid8 AND xid < (:horizon::text)::xid8
ORDER BY seq
