-- Since when conditions on streams hold that hold by the newest value, as of a position in the log, looked for back to
-- `since`: that moment itself when they held before it. :rows: [{"at","device","name","index","above","below","timely",
-- "since"}], times in ms; timely: what came over :late_s late begins none. Whole limits from 2^53 on are compared by
-- their digits. :positions: [{"writer","number","ordinal"}].
WITH p AS MATERIALIZED (
    SELECT writer, number, ordinal
    FROM jsonb_to_recordset(:positions::jsonb) AS r(writer smallint, number bigint, ordinal integer)
), q AS MATERIALIZED (
    SELECT r."at", r.device, r.name, r.index, coalesce(r.above::double precision, '-infinity') AS above,
           coalesce(r.below::double precision, 'infinity') AS below, r.timely,
           to_timestamp(r.since / 1000.0) AS since,
           CASE WHEN abs(r.above) BETWEEN 9007199254740992 AND 9223372036854775807 THEN r.above::bigint END AS above_whole,
           CASE WHEN abs(r.below) BETWEEN 9007199254740992 AND 9223372036854775807 THEN r.below::bigint END AS below_whole
    FROM jsonb_to_recordset(:rows::jsonb) AS r("at" integer, device bigint, name text, index text,
         above numeric, below numeric, timely boolean, since double precision)
)
SELECT q."at", CASE WHEN broken.time IS NULL AND before.holds THEN q.since ELSE first.time END AS began
FROM q
JOIN stream s ON s.location_id = :location AND s.device_id IS NOT DISTINCT FROM q.device AND s.name = q.name
             AND s.index_text = q.index
LEFT JOIN LATERAL (
    SELECT m.time, m.batch, m.ordinal FROM measurement m
    CROSS JOIN LATERAL (SELECT coalesce(m.exact, greatest(least(m.number, 9223372036854774784),
                                                          -9223372036854775808)::bigint) AS digits) w
    CROSS JOIN LATERAL (
        SELECT (m.number > q.above OR (m.number = q.above AND w.digits > q.above_whole) IS TRUE)
           AND (m.number < q.below OR (m.number = q.below AND w.digits < q.below_whole) IS TRUE) AS holds) j
    WHERE m.stream_id = s.id AND m.time > q.since AND m.number IS NOT NULL AND NOT j.holds
      AND EXISTS (SELECT FROM p WHERE p.writer = m.writer AND (m.batch, m.ordinal) <= (p.number, p.ordinal))
    ORDER BY m.time DESC, m.batch DESC, m.ordinal DESC LIMIT 1) broken ON true
LEFT JOIN LATERAL (
    SELECT j.holds FROM measurement m
    CROSS JOIN LATERAL (SELECT coalesce(m.exact, greatest(least(m.number, 9223372036854774784),
                                                          -9223372036854775808)::bigint) AS digits) w
    CROSS JOIN LATERAL (
        SELECT (m.number > q.above OR (m.number = q.above AND w.digits > q.above_whole) IS TRUE)
           AND (m.number < q.below OR (m.number = q.below AND w.digits < q.below_whole) IS TRUE) AS holds) j
    WHERE m.stream_id = s.id AND m.time <= q.since AND m.number IS NOT NULL
      AND (NOT j.holds OR NOT (q.timely AND EXISTS (SELECT FROM batch b WHERE b.writer = m.writer AND b.number = m.batch
                                    AND b.arrival > m.time + make_interval(secs => :late_s::integer))))
      AND EXISTS (SELECT FROM p WHERE p.writer = m.writer AND (m.batch, m.ordinal) <= (p.number, p.ordinal))
    ORDER BY m.time DESC, m.batch DESC, m.ordinal DESC LIMIT 1) before ON true
LEFT JOIN LATERAL (
    SELECT m.time FROM measurement m
    CROSS JOIN LATERAL (SELECT coalesce(m.exact, greatest(least(m.number, 9223372036854774784),
                                                          -9223372036854775808)::bigint) AS digits) w
    CROSS JOIN LATERAL (
        SELECT (m.number > q.above OR (m.number = q.above AND w.digits > q.above_whole) IS TRUE)
           AND (m.number < q.below OR (m.number = q.below AND w.digits < q.below_whole) IS TRUE) AS holds) j
    WHERE m.stream_id = s.id AND m.time >= coalesce(broken.time, q.since) AND j.holds
      AND (broken.time IS NULL OR (m.time, m.batch, m.ordinal) > (broken.time, broken.batch, broken.ordinal))
      AND NOT (q.timely AND EXISTS (SELECT FROM batch b WHERE b.writer = m.writer AND b.number = m.batch
                                    AND b.arrival > m.time + make_interval(secs => :late_s::integer)))
      AND EXISTS (SELECT FROM p WHERE p.writer = m.writer AND (m.batch, m.ordinal) <= (p.number, p.ordinal))
    ORDER BY m.time LIMIT 1) first ON true
