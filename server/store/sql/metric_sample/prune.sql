-- Figures older than 90 days.
DELETE FROM metric_sample WHERE at < now() - interval '90 days'
