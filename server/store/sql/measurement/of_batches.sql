-- Measurements and facts of consecutive batches of one writer, by the key of the index over the log (writer and batch in one
-- number); the times leave out the other partitions. The rows come first, then their streams: by these, months of which some old
-- measurement came late would be read whole.
WITH found AS MATERIALIZED (
    SELECT m.batch, m.ordinal, m.stream_id, m.time, m.number, m.text, m.exact, m.flags FROM measurement m
    WHERE ((m.writer::bigint << 48) | m.batch)
          BETWEEN ((:writer::bigint << 48) | :first::bigint) AND ((:writer::bigint << 48) | :last::bigint)
      AND m.time BETWEEN :least::timestamptz AND :greatest::timestamptz
)
SELECT m.batch, m.ordinal, m.stream_id, m.time, m.number, m.text, m.exact, m.flags, s.location_id, s.device_id, s.name,
       s.index_text, s.script_id, s.script_id IS NOT NULL OR starts_with(s.name, 'syn.') AS is_fact
FROM found m JOIN stream s ON s.id = m.stream_id
