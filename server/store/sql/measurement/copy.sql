-- Measurements newer than all that their streams have: rule 3.
COPY measurement (stream_id, time, number, text, exact, writer, batch, ordinal, flags) FROM STDIN (FORMAT binary)
