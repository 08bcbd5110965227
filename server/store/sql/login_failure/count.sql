-- One more failure: five are free, then the wait doubles from a second to a quarter of an hour; an hour without one
-- forgives. The row '*' counts the address as a whole, with 50 free. Old rows go.
WITH old AS (
    DELETE FROM login_failure WHERE locked_until < now() - interval '1 day'
        AND NOT (address = :address::text AND account IN (:account::text, '*')) -- that row is changed below
)
INSERT INTO login_failure AS f (account, address, failures, locked_until)
SELECT a.account, :address::text, 1, now() FROM (VALUES (:account::text), ('*')) a(account)
ON CONFLICT (account, address) DO UPDATE
SET failures = CASE WHEN f.locked_until < now() - interval '1 hour' THEN 1 ELSE f.failures + 1 END,
    locked_until = CASE WHEN f.failures + 1 >= CASE WHEN f.account = '*' THEN 50 ELSE 5 END
                             AND f.locked_until >= now() - interval '1 hour'
                        THEN now() + LEAST(900, power(2, LEAST(10, f.failures + 1 - CASE WHEN f.account = '*' THEN 50 ELSE 5 END)))
                                     * interval '1 second'
                        ELSE now() END
