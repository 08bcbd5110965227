-- One batch of a committer; its arrival is the database's time, which is the same for all nodes.
INSERT INTO batch (writer, number, incarnation, arrival, least_time, greatest_time, row_count)
VALUES (:writer, :number, :incarnation, date_trunc('milliseconds', clock_timestamp()), :least::timestamptz,
        :greatest::timestamptz, :rows)
RETURNING arrival
