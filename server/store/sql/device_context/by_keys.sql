-- The devices without tokens of these outward ids (a JSON list), where their deployment allows it.
SELECT d.key, d.id
FROM jsonb_array_elements_text(:keys::jsonb) AS wanted(key)
JOIN device d ON d.key = wanted.key AND d.tokenless
JOIN deployment p ON p.id = d.deployment_id AND p.allow_tokenless_devices
WHERE d.retired_at IS NULL
