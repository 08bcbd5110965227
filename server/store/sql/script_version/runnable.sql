-- What composer loads of a version; the manifest is NULL where the check refused it.
SELECT id, script_id, number, source, helpers, manifest FROM script_version WHERE id = :version
