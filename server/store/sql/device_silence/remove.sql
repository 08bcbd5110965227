-- Scripts were told that what this was the cause of reports again; what is still silent behind it is told anew.
DELETE FROM device_silence WHERE cause = :cause
