-- +goose Up
CREATE TABLE session (
    token_hash  TEXT PRIMARY KEY,
    user_id     TEXT NOT NULL,
    username    TEXT NOT NULL,
    name        TEXT NOT NULL,
    instance    TEXT NOT NULL,
    refresh     BLOB NOT NULL, -- sealed
    expires     BIGINT NOT NULL -- epoch seconds
);
CREATE INDEX session_user ON session (user_id);
CREATE TABLE done (
    key TEXT PRIMARY KEY,
    at  BIGINT NOT NULL -- epoch seconds
);
CREATE INDEX done_at ON done (at);
CREATE TABLE run (
    id      TEXT PRIMARY KEY,
    contact TEXT NOT NULL,
    agent   TEXT NOT NULL,
    flow    TEXT NOT NULL,
    event   TEXT NOT NULL,
    status  TEXT NOT NULL,
    problem TEXT NOT NULL,
    started BIGINT NOT NULL, -- epoch milliseconds
    took    BIGINT NOT NULL, -- microseconds
    steps   TEXT NOT NULL    -- JSON
);
CREATE INDEX run_started ON run (started);
CREATE TABLE popped (
    contact TEXT PRIMARY KEY,
    record  TEXT NOT NULL,
    at      BIGINT NOT NULL
);

-- +goose Down
DROP TABLE popped;
DROP TABLE run;
DROP TABLE done;
DROP TABLE session;
