-- One more failure: :free are free, then the wait doubles from a second up to :wait_most_s; :forgiven_s without one
-- forgives. The row '*' counts the address as a whole, with :free_of_address. Rows older than :kept_s go.
WITH old AS (
    DELETE FROM login_failure WHERE locked_until < now() - make_interval(secs => :kept_s::integer)
        AND NOT (address = :address::text AND account IN (:account::text, '*')) -- that row is changed below
)
INSERT INTO login_failure AS f (account, address, failures, locked_until)
SELECT DISTINCT a.account, :address::text, 1, now() FROM (VALUES (:account::text), ('*')) a(account)
ON CONFLICT (account, address) DO UPDATE
SET failures = CASE WHEN f.locked_until < now() - make_interval(secs => :forgiven_s::integer) THEN 1
                    ELSE f.failures + 1 END,
    locked_until = CASE WHEN f.failures + 1 >= CASE WHEN f.account = '*' THEN :free_of_address::integer ELSE :free::integer END
                             AND f.locked_until >= now() - make_interval(secs => :forgiven_s::integer)
                        THEN now() + make_interval(secs => LEAST(:wait_most_s::integer,
                                 power(2, LEAST(20, f.failures + 1 - CASE WHEN f.account = '*' THEN :free_of_address::integer
                                                                          ELSE :free::integer END))))
                        ELSE now() END
