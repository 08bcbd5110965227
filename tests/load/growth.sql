-- Fills a migrated, empty database as use does, so that what statements touch can be compared at several sizes.
-- growth.factor 1: 500 homes of 9 devices, 5 million measurements over 90 days, 500,000 runs, effects and events, 300,000
-- commands, 50,000 alerts, 200,000 messages, 500,000 audit rows, 90 days of a server's minutes; 0.01: 5 homes and a
-- hundredth of the rest; growth.homes sets the number of homes apart from that. Four fifths of the homes are of the first
-- study. Call it by growth.sh, or after SET growth.factor; VACUUM ANALYZE afterwards.
CREATE TEMP TABLE size AS
SELECT COALESCE(NULLIF(current_setting('growth.homes', true), '')::integer, round(500 * f)::integer) AS homes, round(5000000 * f)::integer AS measurements, round(500000 * f)::integer AS runs,
       round(300000 * f)::integer AS commands, round(50000 * f)::integer AS alerts, round(200000 * f)::integer AS messages,
       round(129600 * f)::integer AS minutes, date_trunc('hour', now()) AS present, interval '90 days' AS days
FROM (SELECT current_setting('growth.factor')::double precision AS f) x;

INSERT INTO deployment (name, time_zone) VALUES ('Large study', 'Europe/Vienna'), ('Small study', 'Europe/Vienna');
INSERT INTO operator (email, name, password_hash) SELECT 'operator' || n || '@example.org', 'Operator ' || n, '-' FROM generate_series(1, 20) n;
INSERT INTO location (deployment_id, name, time_zone)
SELECT CASE WHEN n % 5 = 0 THEN 2 ELSE 1 END, 'Home ' || n, 'Europe/Vienna' FROM size, generate_series(1, homes) n;
INSERT INTO room (location_id, kind, name) SELECT id, k, k FROM location, unnest(ARRAY['kitchen', 'bedroom', 'hall']) k;

-- A gateway and eight devices behind it.
INSERT INTO device (deployment_id, location_id, key, type, use, start_date)
SELECT l.deployment_id, l.id, 'gw-' || l.id, 0, '', present - days FROM size, location l;
INSERT INTO device (deployment_id, location_id, key, type, use, gateway_id, start_date)
SELECT g.deployment_id, g.location_id, 'dev-' || g.location_id || '-' || n, n, CASE WHEN n = 1 THEN 'stove' ELSE '' END, g.id, present - days
FROM size, device g, generate_series(1, 8) n;
INSERT INTO device_token (device_id, token_hash) SELECT id, sha256(key::bytea) FROM device;
INSERT INTO node (name, roles) SELECT 'node-' || n, 'deviceio,api,composer' FROM generate_series(1, 2) n;
INSERT INTO device_presence (device_id, node, epoch, connected, since)
SELECT id, 'node-' || (1 + id % 2), 1, id % 7 <> 0, present FROM size, device WHERE gateway_id IS NULL;

-- Two people in each home.
INSERT INTO participant (deployment_id, code, status)
SELECT l.deployment_id, 'P' || l.id || '-' || n, 'active' FROM location l, generate_series(1, 2) n ORDER BY l.id, n;
INSERT INTO participant_identity (participant_id, name) SELECT id, 'Person ' || id FROM participant;
INSERT INTO participant_role (participant_id, location_id, role)
SELECT id, (id + 1) / 2, CASE WHEN id % 2 = 1 THEN 'resident' ELSE 'caregiver' END FROM participant;

-- Two scripts of each study, in each of its homes.
INSERT INTO script (deployment_id, name) SELECT 1 + n % 2, 'Script ' || n FROM generate_series(1, 4) n;
INSERT INTO script_version (script_id, number, source, hash, author)
SELECT id, 1, 'pass', '\x00', 'operator:1' FROM script;

-- Streams: a switch, a number and a fact of each home's devices; the first number of all has a value a minute.
INSERT INTO stream (location_id, device_id, name, unit)
SELECT location_id, id, CASE WHEN id % 9 < 3 THEN 'contact' ELSE 'temperature' END, '' FROM device WHERE gateway_id IS NOT NULL ORDER BY id;
INSERT INTO stream (location_id, device_id, name, unit)
SELECT location_id, id, 'battery', '%' FROM device WHERE gateway_id IS NOT NULL ORDER BY id;
INSERT INTO stream (location_id, name, script_id) SELECT id, 'syn.presence', 1 FROM location ORDER BY id;
INSERT INTO stream (location_id, device_id, name) SELECT location_id, id, 'power' FROM device WHERE gateway_id IS NOT NULL ORDER BY id LIMIT 1;

-- The log: two committers and composer's own writer commit in turns, so that their numbers lie side by side in the table.
INSERT INTO writer (node, kind) VALUES ('node-1', 'committer'), ('node-2', 'committer'), ('node-1', 'composer');
SELECT make_measurement_partition(m::date) FROM size, generate_series(present - days, present + interval '1 month', interval '1 month') m;
SELECT make_measurement_partition((present + interval '1 month')::date) FROM size;
CREATE TEMP TABLE wanted AS
SELECT 1 + n::bigint * 7919 % streams AS stream, present - days + days * (n / measurements::double precision) AS time,
       (n * 7 % 1000) / 10.0::double precision AS number, n
FROM size, (SELECT max(id) - 1 AS streams FROM stream) s, generate_series(0, measurements - 1 - minutes) n
UNION ALL
SELECT (SELECT max(id) FROM stream), present - make_interval(mins => n), (n * 13 % 9000)::double precision,
       ((measurements - minutes) * (1 - n / 129600.0))::integer
FROM size, generate_series(1, minutes) n;
-- A fact is of composer's writer (3), the others of one of the committers; some ten rows a batch.
INSERT INTO measurement (stream_id, time, number, writer, batch, ordinal)
SELECT w.stream, w.time, w.number, x.writer, 1 + w.n / CASE x.writer WHEN 3 THEN 160 ELSE 20 END, row_number() OVER (ORDER BY w.n)
FROM wanted w JOIN stream s ON s.id = w.stream
CROSS JOIN LATERAL (SELECT CASE WHEN s.script_id IS NOT NULL THEN 3 ELSE 1 + s.location_id % 2 END AS writer) x
ORDER BY w.n
ON CONFLICT DO NOTHING;
INSERT INTO batch (writer, number, incarnation, arrival, least_time, greatest_time, row_count)
SELECT writer, batch, 1, max(time) + interval '1 second', min(time), max(time), count(*) FROM measurement GROUP BY writer, batch ORDER BY 4;
UPDATE writer w SET last_number = (SELECT max(number) FROM batch b WHERE b.writer = w.id);

-- What scripts did. Events lie in the batches that there are.
INSERT INTO script_run (script_id, version_id, location_id, at, recorded_at, handler, trigger, status, effect_count)
SELECT 1 + n % 2 * 2 + (l.deployment_id % 2), 1 + n % 2 * 2 + (l.deployment_id % 2), l.id, t, t, 'on_contact', '{"kind":"measurement"}',
       CASE WHEN n % 97 = 0 THEN 'error' ELSE 'ok' END, 1
FROM size, generate_series(1, runs) n JOIN location l ON l.id = 1 + n % (SELECT homes FROM size)
CROSS JOIN LATERAL (SELECT present - days + days * (n / runs::double precision) AS t) x;
INSERT INTO effect (run_id, script_id, location_id, kind, at, payload)
SELECT id, script_id, location_id, 'set_fact', at, '{"name":"presence","value":1}' FROM script_run ORDER BY id;
INSERT INTO event (writer, batch, ordinal, location_id, kind, time, name, data)
SELECT 1 + n % 2, 1 + n::bigint * (SELECT min(last_number) FROM writer WHERE id < 3) / (runs + 1), 1000000 + n, 1 + n % homes, 'timer',
       present - days + days * (n / runs::double precision), 'again', '{"script":1}'
FROM size, generate_series(1, runs) n;
INSERT INTO script_instance (script_id, location_id, version_id)
SELECT s.id, l.id, s.id FROM script s JOIN location l ON l.deployment_id = s.deployment_id;
INSERT INTO script_deployment (script_id, version_id, location_id)
SELECT s.id, s.id, l.id FROM script s JOIN location l ON l.deployment_id = s.deployment_id;

-- What was done about it.
INSERT INTO alert (deployment_id, location_id, source, script_id, key, texts, state, at, created_at, state_at)
SELECT l.deployment_id, l.id, 'script', 1, 'key-' || n, '{"en":"Something"}', CASE WHEN n > alerts - homes THEN 'open' ELSE 'resolved' END, t, t, t
FROM size, generate_series(1, alerts) n JOIN location l ON l.id = 1 + n % (SELECT homes FROM size)
CROSS JOIN LATERAL (SELECT present - days + days * (n / alerts::double precision) AS t) x;
INSERT INTO alert_recipient (alert_id, participant_id, due_at, delivered_at)
SELECT id, location_id * 2 - 1, created_at, created_at FROM alert;
INSERT INTO alert_answer (alert_id, at, actor, answer, logged)
SELECT id, created_at, 'participant:' || location_id * 2 - 1, 'resolve', true FROM alert WHERE state = 'resolved';
INSERT INTO command (deployment_id, location_id, device_id, gateway_id, parameters, state, requested_by, created_at, expires_at, finished_at, logged)
SELECT d.deployment_id, d.location_id, d.id, d.gateway_id, '[{"name":"outletStatus","value":"1"}]', 'executed', 'script:1', t, t + interval '1 minute',
       t, true
FROM size, generate_series(1, commands) n
JOIN device d ON d.id = 1 + (SELECT homes FROM size) + n % ((SELECT homes FROM size) * 8)
CROSS JOIN LATERAL (SELECT present - days + days * (n / commands::double precision) AS t) x;
INSERT INTO message (deployment_id, participant_id, location_id, direction, kind, text, author, created_at, state, delivered_at, read_at, question,
                     answered_at, logged)
SELECT p.deployment_id, p.id, r.location_id, CASE WHEN n % 2 = 0 THEN 'to-participant' ELSE 'from-participant' END,
       CASE WHEN n % 10 = 0 THEN 'question' ELSE 'message' END, 'Words ' || n,
       CASE WHEN n % 2 = 1 THEN 'participant:' || p.id WHEN n % 10 = 0 THEN 'script:1' ELSE 'operator:1' END, t, 'read', t, t,
       CASE WHEN n % 10 = 0 THEN '{"type":"text","choices":[]}'::jsonb END, CASE WHEN n % 20 = 0 THEN t END, true
FROM size, generate_series(1, messages) n
JOIN participant p ON p.id = 1 + (n / 7) % ((SELECT homes FROM size) * 2)
JOIN participant_role r ON r.participant_id = p.id
CROSS JOIN LATERAL (SELECT present - days + days * (n / messages::double precision) AS t) x
ORDER BY n;
INSERT INTO audit (at, actor, action, deployment_id, object)
SELECT present - days + days * (n / runs::double precision),
       CASE n % 3 WHEN 0 THEN 'system' WHEN 1 THEN 'operator:' || 1 + n % 20 ELSE 'participant:' || 1 + n % (homes * 2) END, 'device.update',
       CASE WHEN n % 20 = 0 THEN 2 WHEN n % 50 = 1 THEN NULL ELSE 1 END, 'device:' || n % (homes * 9)
FROM size, generate_series(1, runs) n;
INSERT INTO metric_sample (node, at, sample)
SELECT 'node-1', present - make_interval(mins => n),
       jsonb_build_object('at', (extract(epoch FROM present) * 1000)::bigint - n * 60000, 'cpu', '{}'::jsonb, 'connections', n, 'postsPerSecond', 1,
                          'measurementsPerSecond', 1, 'ingestP50Ms', 1, 'ingestP99Ms', 2, 'runsPerSecond', 1, 'effectsPerSecond', 1, 'queue', 0)
FROM size, generate_series(0, minutes) n;
DROP TABLE size, wanted;
