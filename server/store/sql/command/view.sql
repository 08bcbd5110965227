-- Commands, newest first: those of some ids, else those of a home. The ids are looked up first, so that one plan by
-- the primary key serves them all, however large the table is.
SELECT c.id, c.device_id AS device, d.key AS device_key, c.location_id AS location, c.type, c.parameters, c.requested_by,
       c.comment, c.alert_id AS alert, c.state, c.created_at, c.expires_at, c.sent_at, c.received_at, c.finished_at, c.result,
       c.late_result
FROM command c JOIN device d ON d.id = c.device_id
WHERE c.id = ANY(COALESCE(:ids::bigint[], ARRAY(
          SELECT o.id FROM command o
          WHERE o.location_id = :location::bigint AND (:after::bigint IS NULL OR o.id < :after::bigint)
          ORDER BY o.id DESC LIMIT :count::integer)))
ORDER BY c.id DESC
LIMIT :count::integer
