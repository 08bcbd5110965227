-- Stores what is new of the staged measurements and says which.
INSERT INTO measurement (stream_id, time, number, text, exact, writer, batch, ordinal, flags)
SELECT stream_id, time, number, text, exact, writer, batch, ordinal, flags FROM staging ORDER BY stream_id, time, ordinal
ON CONFLICT DO NOTHING
RETURNING ordinal
