-- Before an operator gets a new set of roles.
DELETE FROM operator_role WHERE operator_id = :operator::bigint
