-- An integer that a double cannot hold has its digits in a column of its own, part of a measurement's identity; they were in
-- `text` beside the number.
ALTER TABLE measurement ADD COLUMN exact bigint;
UPDATE measurement
SET exact = CASE WHEN number < 9223372036854775808::double precision AND number::bigint = text::bigint THEN NULL ELSE text::bigint END,
    text = NULL
WHERE number IS NOT NULL AND text IS NOT NULL;
DROP INDEX measurement_identity;
CREATE UNIQUE INDEX measurement_identity ON measurement (stream_id, time, number, text, exact) NULLS NOT DISTINCT;

-- What a stream holds: by its device's type, or by its first value.
ALTER TABLE stream ADD COLUMN kind text NOT NULL DEFAULT 'undecided' CHECK (kind IN ('undecided', 'number', 'on-off', 'text'));
UPDATE stream s
SET kind = CASE WHEN EXISTS (SELECT FROM measurement m WHERE m.stream_id = s.id AND m.number IS NOT NULL) THEN 'number'
                WHEN EXISTS (SELECT FROM measurement m WHERE m.stream_id = s.id) THEN 'text' ELSE 'undecided' END
WHERE s.script_id IS NULL;

-- A retired device's id can be used again.
ALTER TABLE device DROP CONSTRAINT device_deployment_id_key_key;
CREATE UNIQUE INDEX device_in_use ON device (deployment_id, key) WHERE retired_at IS NULL;
DROP INDEX device_tokenless_key;
CREATE UNIQUE INDEX device_tokenless_key ON device (key) WHERE tokenless AND retired_at IS NULL;
