-- Since when a script stands still where somebody paused it; NULL where it does not, or was paused before this was kept.
ALTER TABLE script_deployment ADD COLUMN paused_at timestamptz;
