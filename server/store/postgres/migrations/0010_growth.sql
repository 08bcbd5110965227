-- What is read must cost what it answers, however much there is.

-- The log is read by writer and batch. Several writers' batches lie side by side in the table, so a range of pages has
-- several ranges of numbers, of each writer one. Pages that are full are summarized at once, not at the next vacuum.
DROP INDEX measurement_by_batch;
CREATE INDEX measurement_by_writer_batch ON measurement
    USING brin (((writer::bigint << 48) | batch) int8_minmax_multi_ops) WITH (pages_per_range = 16, autosummarize = on);

-- Of each participant's conversation what lists show of it; kept by the triggers below.
CREATE TABLE conversation (
    participant_id bigint PRIMARY KEY REFERENCES participant,
    deployment_id bigint NOT NULL REFERENCES deployment,
    newest_message bigint, -- NULL: nobody has written yet
    newest_at timestamptz,
    open_questions integer NOT NULL DEFAULT 0
) WITH (fillfactor = 50);
INSERT INTO conversation
SELECT p.id, p.deployment_id, x.newest, x.newest_at, x.open_questions
FROM participant p CROSS JOIN LATERAL (
    SELECT max(m.id) AS newest, max(m.created_at) AS newest_at,
           count(*) FILTER (WHERE m.kind = 'question' AND m.direction = 'to-participant' AND m.answered_at IS NULL) AS open_questions
    FROM message m WHERE m.participant_id = p.id) x;
CREATE INDEX conversation_newest ON conversation (deployment_id, newest_message DESC NULLS LAST, participant_id);

CREATE FUNCTION begin_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO conversation (participant_id, deployment_id) VALUES (NEW.id, NEW.deployment_id);
    RETURN NULL;
END $$;
CREATE TRIGGER participant_conversation AFTER INSERT ON participant FOR EACH ROW EXECUTE FUNCTION begin_conversation();
-- In order of the participants, so that two statements wait for each other but never both ways.
CREATE FUNCTION continue_conversations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM conversation WHERE participant_id IN (SELECT participant_id FROM fresh) ORDER BY participant_id FOR NO KEY UPDATE;
    UPDATE conversation c
    SET newest_message = GREATEST(c.newest_message, x.newest), newest_at = GREATEST(c.newest_at, x.newest_at),
        open_questions = c.open_questions + x.open_questions
    FROM (SELECT f.participant_id, max(f.id) AS newest, max(f.created_at) AS newest_at,
                 count(*) FILTER (WHERE f.kind = 'question' AND f.direction = 'to-participant' AND f.answered_at IS NULL)
                     AS open_questions
          FROM fresh f GROUP BY f.participant_id) x
    WHERE c.participant_id = x.participant_id;
    RETURN NULL;
END $$;
CREATE TRIGGER message_conversation AFTER INSERT ON message REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION continue_conversations();
CREATE FUNCTION close_question() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE conversation SET open_questions = open_questions - 1 WHERE participant_id = NEW.participant_id;
    RETURN NULL;
END $$;
CREATE TRIGGER message_answered AFTER UPDATE OF answered_at ON message FOR EACH ROW
    WHEN (NEW.kind = 'question' AND NEW.direction = 'to-participant' AND OLD.answered_at IS NULL AND NEW.answered_at IS NOT NULL)
    EXECUTE FUNCTION close_question();

-- Indexes by what is asked. Nobody reads effects by home or by script, nor the messages of a study but its questions.
DROP INDEX effect_by_location;
DROP INDEX effect_by_script;
DROP INDEX message_by_deployment;
CREATE INDEX message_questions ON message (deployment_id, id) WHERE kind = 'question';
CREATE INDEX message_by_location_time ON message (location_id, created_at);
CREATE INDEX message_by_participant_time ON message (participant_id, created_at);
CREATE INDEX message_undelivered ON message (participant_id) WHERE direction = 'to-participant' AND delivered_at IS NULL;
CREATE INDEX alert_recipient_undelivered ON alert_recipient (participant_id) WHERE delivered_at IS NULL;
CREATE INDEX script_run_by_script_location ON script_run (script_id, location_id, id);
CREATE INDEX command_by_location_time ON command (location_id, created_at);
DROP INDEX command_by_alert;
CREATE INDEX command_by_alert ON command (alert_id) WHERE alert_id IS NOT NULL;
CREATE INDEX alert_by_location_time ON alert (location_id, at);
CREATE INDEX location_by_deployment ON location (deployment_id, id);
CREATE INDEX participant_by_deployment ON participant (deployment_id, id);
CREATE INDEX device_by_deployment ON device (deployment_id, id);

-- Of what a script writes in a home only the newest lines are kept, its runs before and after alike; how many there are is
-- counted as they come and go, so that nobody counts them. id + 0 is an order that no other index has: by the primary key
-- the oldest run with lines would be looked for behind all the runs without.
CREATE INDEX script_run_with_lines ON script_run (script_id, location_id, (id + 0)) WHERE log <> '[]';
CREATE TABLE script_log (
    script_id bigint NOT NULL,
    location_id bigint NOT NULL,
    lines integer NOT NULL, -- of all of script_run.log
    PRIMARY KEY (script_id, location_id)
) WITH (fillfactor = 50);
UPDATE script_run r
SET log = COALESCE((SELECT jsonb_agg(l.line ORDER BY l.number)
                    FROM jsonb_array_elements(r.log) WITH ORDINALITY l(line, number) WHERE l.number > x.so_far - 1000), '[]')
FROM (SELECT id, sum(jsonb_array_length(log)) OVER (PARTITION BY script_id, location_id ORDER BY id DESC) AS so_far
      FROM script_run WHERE log <> '[]') x
WHERE x.id = r.id AND x.so_far > 1000;
INSERT INTO script_log
SELECT script_id, location_id, sum(jsonb_array_length(log)) FROM script_run WHERE log <> '[]' GROUP BY script_id, location_id;
