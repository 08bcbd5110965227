-- A server's figures of one minute.
INSERT INTO metric_sample (node, at, sample) VALUES (:node, :at, :sample) ON CONFLICT DO NOTHING
