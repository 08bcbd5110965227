-- Takes a script out of use; its versions and runs stay, its name is free.
UPDATE script SET retired_at = now() WHERE id = :script AND retired_at IS NULL
