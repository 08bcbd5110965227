-- Whether a role that a participant has in a home until then, or with no end, holds now: he or she is there. Every statement asks
-- here who is there; the planner puts the condition itself in its place, so that indexes serve as before.
CREATE FUNCTION role_holds(until timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT until IS NULL OR until > now()
$$;
