-- What a caller has asked for under a name of its own: the same again within a day is the same, and is not done twice.
CREATE TABLE request (
    author text NOT NULL,           -- operator:3
    name text NOT NULL,             -- chosen by the caller
    operation text NOT NULL,
    parameters bytea NOT NULL,      -- SHA-256
    object bigint,                  -- what was made
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (author, name)
);
CREATE INDEX request_by_time ON request (at);
