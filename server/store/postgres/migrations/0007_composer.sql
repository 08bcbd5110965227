-- What scripts did, counted in steps of ten minutes: every run, also those of which no trace is kept. A row a writer, so that
-- no server waits for another.
CREATE TABLE script_usage (
    script_id bigint NOT NULL,
    at timestamptz NOT NULL, -- when the ten minutes began
    writer smallint NOT NULL,
    runs bigint NOT NULL,
    errors bigint NOT NULL,
    effects bigint NOT NULL,
    cpu_us bigint NOT NULL,
    last_run timestamptz NOT NULL,
    PRIMARY KEY (script_id, at, writer)
) WITH (fillfactor = 50);
-- What was counted from traces until now.
INSERT INTO script_usage
SELECT script_id, date_bin('10 minutes', recorded_at, 'epoch'), 0, count(*), count(*) FILTER (WHERE status <> 'ok'),
       sum(effect_count), sum(cpu_us), max(recorded_at)
FROM script_run WHERE recorded_at > now() - interval '1 day' GROUP BY 1, 2;

-- Devices whose silence scripts were told of. One cause, one event: of a gateway behind which everything is silent, its own.
CREATE TABLE device_silence (
    device_id bigint PRIMARY KEY REFERENCES device,
    cause bigint NOT NULL REFERENCES device,
    since timestamptz NOT NULL
);
CREATE INDEX device_silence_by_cause ON device_silence (cause);
-- What is silent already is no news.
INSERT INTO device_silence
SELECT d.id, d.id, x.newest FROM device d
CROSS JOIN LATERAL (SELECT max(n.time) AS newest FROM stream s CROSS JOIN LATERAL
                        (SELECT m.time FROM measurement m WHERE m.stream_id = s.id ORDER BY m.time DESC LIMIT 1) n
                    WHERE s.device_id = d.id AND s.script_id IS NULL) x
WHERE d.retired_at IS NULL AND x.newest < now() - interval '1 hour';
