-- Changes older than :kept_s: every cache has long looked, or starts anew.
DELETE FROM change WHERE at < now() - make_interval(secs => :kept_s::integer)
