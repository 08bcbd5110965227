-- After a new password all other sessions of the operator end; with an empty `keep` all of them.
DELETE FROM operator_session WHERE operator_id = :operator::bigint AND token_hash <> :keep::bytea
