-- Since when conditions on streams hold that hold by the newest value, as of a position in the log, looked for back to
-- `since`: that moment itself when they held before it. :rows: [{"at","device","name","index","above","below","since"}],
-- times in ms; :positions: [{"writer","number","ordinal"}].
WITH p AS MATERIALIZED (
    SELECT writer, number, ordinal
    FROM jsonb_to_recordset(:positions::jsonb) AS r(writer smallint, number bigint, ordinal integer)
), q AS MATERIALIZED (
    SELECT r."at", r.device, r.name, r.index, coalesce(r.above, '-infinity') AS above,
           coalesce(r.below, 'infinity') AS below, to_timestamp(r.since / 1000.0) AS since
    FROM jsonb_to_recordset(:rows::jsonb) AS r("at" integer, device bigint, name text, index text,
         above double precision, below double precision, since double precision)
)
SELECT q."at", CASE WHEN broken.time IS NULL AND before.holds THEN q.since ELSE first.time END AS began
FROM q
JOIN stream s ON s.location_id = :location AND s.device_id IS NOT DISTINCT FROM q.device AND s.name = q.name
             AND s.index_text = q.index
LEFT JOIN LATERAL (
    SELECT m.time FROM measurement m
    WHERE m.stream_id = s.id AND m.time > q.since AND (m.number <= q.above OR m.number >= q.below)
      AND EXISTS (SELECT FROM p WHERE p.writer = m.writer AND (m.batch, m.ordinal) <= (p.number, p.ordinal))
    ORDER BY m.time DESC LIMIT 1) broken ON true
LEFT JOIN LATERAL (
    SELECT m.number > q.above AND m.number < q.below AS holds FROM measurement m
    WHERE m.stream_id = s.id AND m.time <= q.since AND m.number IS NOT NULL
      AND EXISTS (SELECT FROM p WHERE p.writer = m.writer AND (m.batch, m.ordinal) <= (p.number, p.ordinal))
    ORDER BY m.time DESC, m.batch DESC, m.ordinal DESC LIMIT 1) before ON true
LEFT JOIN LATERAL (
    SELECT m.time FROM measurement m
    WHERE m.stream_id = s.id AND m.time >= coalesce(broken.time, q.since) AND m.number > q.above AND m.number < q.below
      AND EXISTS (SELECT FROM p WHERE p.writer = m.writer AND (m.batch, m.ordinal) <= (p.number, p.ordinal))
    ORDER BY m.time LIMIT 1) first ON true
