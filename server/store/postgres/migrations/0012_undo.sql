-- What was made can be taken off and retired: a script off one home while it runs in all others, a script and a home out of
-- use (their names can be used again), a question that nobody waits for any more.
ALTER TABLE script_deployment ADD COLUMN taken_off boolean NOT NULL DEFAULT false;
ALTER TABLE script DROP CONSTRAINT script_deployment_id_name_key;
CREATE UNIQUE INDEX script_deployment_id_name_key ON script (deployment_id, name) WHERE retired_at IS NULL;
ALTER TABLE location ADD COLUMN retired_at timestamptz;
ALTER TABLE location DROP CONSTRAINT location_deployment_id_name_key;
CREATE UNIQUE INDEX location_deployment_id_name_key ON location (deployment_id, name) WHERE retired_at IS NULL;

-- expired: answered_at is when it was closed, without an answer.
ALTER TABLE message DROP CONSTRAINT message_state_check;
ALTER TABLE message ADD CONSTRAINT message_state_check
    CHECK (state IN ('queued', 'sent', 'delivered', 'read', 'answered', 'expired'));
CREATE INDEX message_open_question ON message (author, location_id) WHERE kind = 'question' AND answered_at IS NULL;

-- Whether a script is set to run in a home, by the home's own row or by that of all homes.
CREATE FUNCTION script_is_placed(script bigint, home bigint, how text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM location l WHERE l.id = home AND l.retired_at IS NULL) AND EXISTS (
        SELECT FROM script_deployment d
        WHERE d.script_id = script AND d.mode = how AND NOT d.taken_off
          AND (d.location_id = home OR (d.location_id IS NULL AND NOT EXISTS (
              SELECT FROM script_deployment o
              WHERE o.script_id = script AND o.mode = how AND o.location_id = home AND o.taken_off))))
$$;
