-- Whom a change of an alert concerns: its recipients that it has reached by now.
SELECT participant_id FROM alert_recipient WHERE alert_id = :alert::bigint
