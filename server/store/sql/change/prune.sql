-- Changes older than a day: every cache has long looked, or starts anew.
DELETE FROM change WHERE at < now() - interval '1 day'
