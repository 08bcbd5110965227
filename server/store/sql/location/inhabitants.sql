-- Who and what is in a home, that has to leave before it is retired.
SELECT (SELECT count(*) FROM device d WHERE d.location_id = :id::bigint AND d.retired_at IS NULL) AS devices,
       (SELECT count(DISTINCT r.participant_id) FROM participant_role r
        WHERE r.location_id = :id::bigint AND role_holds(r.until)) AS people
