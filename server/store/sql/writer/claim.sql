-- The row of this node's writer, with a new incarnation: whoever wrote under it before can no longer.
INSERT INTO writer (node, kind, incarnation) VALUES (:node, :kind, 1)
ON CONFLICT (node, kind) DO UPDATE SET incarnation = writer.incarnation + 1
RETURNING id, incarnation, last_number
