-- Servers unheard of for a week.
DELETE FROM node WHERE heartbeat < now() - interval '7 days'
