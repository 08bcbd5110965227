-- How long this account from this address, and this address as a whole, must still wait.
SELECT COALESCE(max(ceil(extract(epoch FROM locked_until - now()) * 1000)), 0)::bigint AS wait_ms
FROM login_failure
WHERE address = :address::text AND account IN (:account::text, '*') AND locked_until > now()
