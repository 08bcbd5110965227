-- Commands, newest first: those of some ids, else those of a home or of all. The ids are looked up first, so that one plan by
-- the primary key serves them all, however large the table is.
SELECT c.id, jsonb_build_object('id', c.id, 'device', c.device_id, 'deviceKey', d.key, 'location', c.location_id, 'type', c.type,
           'parameters', c.parameters, 'state', c.state, 'requestedBy', c.requested_by, 'comment', c.comment,
           'createdAt', iso(c.created_at), 'expiresAt', iso(c.expires_at), 'sentAt', iso(c.sent_at), 'receivedAt', iso(c.received_at),
           'finishedAt', iso(c.finished_at), 'result', c.result, 'lateResult', c.late_result, 'alert', c.alert_id) AS item,
       c.deployment_id, c.location_id
FROM command c JOIN device d ON d.id = c.device_id
WHERE c.id = ANY(COALESCE(:ids::bigint[], ARRAY(
          SELECT o.id FROM command o
          WHERE (:location::bigint IS NULL OR o.location_id = :location::bigint)
            AND (:after::bigint IS NULL OR o.id < :after::bigint)
          ORDER BY o.id DESC LIMIT :count::integer)))
ORDER BY c.id DESC
LIMIT :count::integer
