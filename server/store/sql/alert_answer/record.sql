-- What somebody did with an alert; comments are not told to scripts.
INSERT INTO alert_answer (alert_id, actor, answer, action_id, comment, logged)
VALUES (:alert, :actor, :answer, :action::bigint, :comment, :answer = 'comment')
