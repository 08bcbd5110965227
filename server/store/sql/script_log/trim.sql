-- Drops the oldest lines. A run that was kept for its lines alone goes with the last of them: it had no effect, no error and
-- no reason, and took less than :long_us. :rows: [{"script","location","excess"}], each pair once.
WITH due AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(:rows::jsonb) AS r(script bigint, location bigint, excess integer)
), oldest AS MATERIALIZED (
    SELECT o.id, d.excess - o.before AS cut,
           o.lines <= d.excess - o.before AND o.effect_count = 0 AND o.status = 'ok' AND o.because = ''
               AND o.cpu_us < :long_us::integer AS goes
    FROM due d CROSS JOIN LATERAL (
        SELECT f.*, sum(f.lines) OVER (ORDER BY f.id) - f.lines AS before
        FROM (SELECT id, effect_count, status, because, cpu_us, jsonb_array_length(log) AS lines FROM script_run
              WHERE script_id = d.script AND location_id = d.location AND log <> '[]' ORDER BY id + 0 LIMIT d.excess) f) o
    WHERE o.before < d.excess
), gone AS (
    DELETE FROM script_run WHERE id = ANY(ARRAY(SELECT id FROM oldest WHERE goes))
), shortened AS (
    UPDATE script_run r
    SET log = COALESCE((SELECT jsonb_agg(l.line ORDER BY l.number)
                        FROM jsonb_array_elements(r.log) WITH ORDINALITY l(line, number) WHERE l.number > o.cut), '[]')
    FROM oldest o WHERE r.id = o.id AND r.id = ANY(ARRAY(SELECT id FROM oldest WHERE NOT goes)) -- by the index, always
)
UPDATE script_log l SET lines = l.lines - d.excess FROM due d WHERE l.script_id = d.script AND l.location_id = d.location
