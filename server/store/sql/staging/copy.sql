-- Measurements that may be resends.
COPY staging (stream_id, time, number, text, exact, writer, batch, ordinal, flags) FROM STDIN (FORMAT binary)
