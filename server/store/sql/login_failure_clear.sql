-- A success forgives the account.
DELETE FROM login_failure WHERE account = :account::text AND address = :address::text
