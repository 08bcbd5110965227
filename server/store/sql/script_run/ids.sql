-- Numbers for runs that are about to be stored.
SELECT nextval(pg_get_serial_sequence('script_run', 'id')) AS id FROM generate_series(1, :count::integer)
