-- A success forgives the account, and takes its own try off the address's count.
WITH address_count AS (
    UPDATE login_failure SET failures = GREATEST(0, failures - 1), locked_until = now()
    WHERE account = '*' AND address = :address::text
)
DELETE FROM login_failure WHERE account = :account::text AND address = :address::text
