-- Numbers for effects that are about to be stored.
SELECT nextval(pg_get_serial_sequence('effect', 'id')) AS id FROM generate_series(1, :count::integer)
