-- +goose Up
CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    user_id    TEXT NOT NULL,
    username   TEXT NOT NULL,
    name       TEXT NOT NULL,
    instance   TEXT NOT NULL,
    refresh    BLOB NOT NULL,
    expires    INTEGER NOT NULL -- epoch seconds
);
CREATE INDEX session_user ON session (user_id);
CREATE INDEX session_expires ON session (expires);

-- Which user of the contact centre a user of the CRM works as, one to one.
CREATE TABLE binding (
    user_id  TEXT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    at       INTEGER NOT NULL -- epoch milliseconds
);

-- What happened. A user's key counts once.
CREATE TABLE fact (
    id      INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL,
    key     TEXT NOT NULL,
    at      INTEGER NOT NULL, -- epoch milliseconds
    body    BLOB NOT NULL,
    sum     INTEGER NOT NULL, -- of the body
    UNIQUE (user_id, key)
);

-- What follows from the facts: one row for each contact of a user, and one for the user, whose contact is ''.
CREATE TABLE state (
    user_id TEXT NOT NULL,
    contact TEXT NOT NULL,
    at      INTEGER NOT NULL, -- epoch milliseconds of the latest change
    live    INTEGER NOT NULL, -- 1 while the contact has not ended
    body    BLOB NOT NULL,
    sum     INTEGER NOT NULL,
    PRIMARY KEY (user_id, contact)
) WITHOUT ROWID;
CREATE INDEX state_live ON state (user_id) WHERE live = 1;
CREATE INDEX state_at ON state (at);
CREATE INDEX state_contact ON state (contact) WHERE contact <> '';

-- What is to be done, is being done, was done, or was not, and why.
CREATE TABLE run (
    id      INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL,
    contact TEXT NOT NULL,    -- '' for none
    lane    TEXT NOT NULL,    -- runs of one lane start one after another; '' is none
    kind    TEXT NOT NULL,
    flow    TEXT NOT NULL,    -- name of the flow; '' for other kinds
    status  TEXT NOT NULL,
    waits   TEXT NOT NULL,    -- for what it waits that is no time: '' or signIn
    open    INTEGER NOT NULL, -- 1 until it has ended
    fence   INTEGER NOT NULL, -- grows with each taker: a write with an older one fails
    wake    INTEGER NOT NULL, -- epoch milliseconds before which it does not start
    created INTEGER NOT NULL,
    ended   INTEGER NOT NULL, -- 0 until it has
    problem TEXT NOT NULL,
    body    BLOB NOT NULL,
    sum     INTEGER NOT NULL
);
CREATE INDEX run_open ON run (id) WHERE open = 1;
CREATE INDEX run_contact ON run (contact) WHERE contact <> '';
CREATE INDEX run_given_up ON run (id) WHERE status = 'given up';

-- Flows as they were when a run began.
CREATE TABLE version (
    hash   TEXT PRIMARY KEY,
    script BLOB NOT NULL,
    at     INTEGER NOT NULL -- epoch milliseconds of the latest run that began with it
);
