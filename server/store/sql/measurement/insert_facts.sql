-- Facts of one batch; those that are there already (same stream, time, value) change nothing and are not returned.
INSERT INTO measurement (stream_id, time, number, text, exact, writer, batch, ordinal, flags)
SELECT stream, to_timestamp(time / 1000.0), number, text, exact, :writer::smallint, :batch::bigint, ordinal, flags
FROM jsonb_to_recordset(:rows::jsonb) AS r(stream integer, time double precision, number double precision, text text, exact bigint,
     ordinal integer, flags smallint)
ON CONFLICT DO NOTHING
RETURNING ordinal
