-- Figures older than :days.
DELETE FROM metric_sample WHERE at < now() - make_interval(days => :days::integer)
