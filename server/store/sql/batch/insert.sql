-- One batch of composer's own writer.
INSERT INTO batch (writer, number, incarnation, arrival, least_time, greatest_time, row_count)
VALUES (:writer, :number, :incarnation, :arrival, :least_time, :greatest_time, :row_count)
