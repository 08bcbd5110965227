-- Servers unheard of for :days.
DELETE FROM node WHERE heartbeat < now() - make_interval(days => :days::integer)
