UPDATE request SET object = :object::bigint WHERE author = :author::text AND name = :name::text
