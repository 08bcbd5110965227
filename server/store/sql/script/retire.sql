-- Ends a script for good: it is not listed any more; its runs stay.
UPDATE script SET retired_at = now() WHERE id = :script AND retired_at IS NULL
