-- Pauses or resumes a script everywhere it is deployed.
UPDATE script_deployment SET paused = :paused WHERE script_id = :script
