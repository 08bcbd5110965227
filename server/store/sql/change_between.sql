-- The changes of transactions from :from on that have ended, whatever their order was; :floor spares the older rows.
SELECT seq, kind, deployment_id, location_id, object_id FROM change
WHERE seq > :floor AND xid >= (:from::text)::xid8 AND xid < (:horizon::text)::xid8
ORDER BY seq
