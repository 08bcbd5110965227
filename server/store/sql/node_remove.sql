-- A server that ended in order.
DELETE FROM node WHERE name = :name
