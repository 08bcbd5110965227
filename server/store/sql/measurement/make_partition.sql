-- The partition of the month that :month lies in; nothing happens when it is there.
SELECT make_measurement_partition(:month::timestamptz::date)
