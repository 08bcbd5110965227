-- This node's composer as a writer of the log, in a new incarnation.
INSERT INTO writer (node, kind, incarnation) VALUES (:node, 'composer', 1)
ON CONFLICT (node, kind) DO UPDATE SET incarnation = writer.incarnation + 1
RETURNING id, incarnation
