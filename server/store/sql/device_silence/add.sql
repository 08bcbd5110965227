-- Scripts were told that these are silent; :devices: [id, …].
INSERT INTO device_silence (device_id, cause, since)
SELECT value::text::bigint, :cause::bigint, :since::timestamptz FROM jsonb_array_elements(:devices::jsonb)
ON CONFLICT (device_id) DO NOTHING
