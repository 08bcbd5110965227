-- A question's choices in one shape, [{"key","text"}], the text in the recipient's language; there were texts alone, and texts
-- by language. Its types are yes-no, one-of, text and number.
UPDATE message m SET question = jsonb_build_object('type', m.question->'type', 'choices', COALESCE((
    SELECT jsonb_agg(CASE
        WHEN jsonb_typeof(c.value) = 'string' THEN jsonb_build_object('key', c.value, 'text', c.value)
        WHEN jsonb_typeof(c.value->'text') = 'object' THEN jsonb_build_object('key', c.value->'key', 'text', COALESCE(
            c.value->'text'->>p.language, c.value->'text'->>'en',
            (SELECT t.value FROM jsonb_each_text(c.value->'text') t LIMIT 1), c.value->>'key'))
        ELSE c.value END ORDER BY c.ordinality)
    FROM jsonb_array_elements(CASE WHEN jsonb_typeof(m.question->'choices') = 'array' THEN m.question->'choices'
                              ELSE '[]' END) WITH ORDINALITY c), '[]'))
FROM participant p
WHERE p.id = m.participant_id AND m.question IS NOT NULL;
