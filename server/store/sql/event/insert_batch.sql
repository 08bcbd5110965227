-- Event rows of one batch of composer's own writer; data as JSON text.
INSERT INTO event (writer, batch, ordinal, location_id, kind, time, device_id, name, depth, data)
SELECT :writer::smallint, :batch::bigint, ordinal, location, kind, to_timestamp(time / 1000.0), device, name, depth,
       data::jsonb
FROM jsonb_to_recordset(:rows::jsonb) AS r(ordinal integer, location bigint, kind text, time double precision,
     device bigint, name text, depth smallint, data text)
