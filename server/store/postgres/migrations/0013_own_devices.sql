-- Whose device it is, where a participant registered it: students have to do with their own alone.
ALTER TABLE device ADD COLUMN owner_id bigint REFERENCES participant ON DELETE SET NULL;
CREATE INDEX device_by_owner ON device (owner_id) WHERE owner_id IS NOT NULL;
