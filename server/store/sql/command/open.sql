-- Commands that wait to be sent, or for word that they were received: all, those of some ids, or those made since. The ids
-- are looked up first, so that one plan by the primary key serves them all, however large the table is. They go by way of the
-- gateway that the device is behind now, and never to one that has left the home or is out of use.
SELECT c.id, c.deployment_id, c.location_id, COALESCE(d.gateway_id, d.id) AS gateway_id, c.device_id, c.type, d.key, c.parameters::text AS parameters, c.state,
       CASE WHEN c.state = 'queued' THEN 0
            ELSE GREATEST(0, (extract(epoch FROM c.sent_at - now()) * 1000 + :resend_ms::integer))::bigint END AS wait_ms,
       floor(extract(epoch FROM c.expires_at - now()) * 1000)::bigint AS left_ms
FROM command c JOIN device d ON d.id = c.device_id AND d.location_id = c.location_id AND d.retired_at IS NULL
WHERE c.id = ANY(COALESCE(:ids::bigint[], ARRAY(
          SELECT o.id FROM command o
          WHERE o.state IN ('queued', 'sent') AND o.expires_at > now()
            AND o.created_at > COALESCE(now() - make_interval(secs => :since_ms::integer / 1000.0), '-infinity')
          ORDER BY o.id LIMIT 100000)))
  AND c.state IN ('queued', 'sent') AND c.expires_at > now()
ORDER BY c.id
