-- The type of the device that a command is for; nothing when it is not in this home or is retired.
SELECT type FROM device WHERE id = :device AND location_id = :location AND retired_at IS NULL
