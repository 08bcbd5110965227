-- Whether a role that a participant has in a home until then, or with no end, holds now: he or she is there. Every statement asks
-- here who is there; the planner puts the condition itself in its place, so that indexes serve as before.
CREATE FUNCTION role_holds(until timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT until IS NULL OR until > now()
$$;
-- The text of the choice that answers a question, as the person read it; NULL where the answer is none of its choices.
CREATE FUNCTION chosen_text(question jsonb, answer jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT c->>'text' FROM jsonb_array_elements(question->'choices') c WHERE c->'key' = answer LIMIT 1
$$;
