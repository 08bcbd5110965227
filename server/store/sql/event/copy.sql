-- The event rows of a committer's batch.
COPY event (writer, batch, ordinal, location_id, kind, time, device_id, name, depth, data) FROM STDIN (FORMAT binary)
