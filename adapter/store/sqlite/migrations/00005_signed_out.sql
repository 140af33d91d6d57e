-- +goose Up
-- Times in which a user had no session: from the end of the last one to the next sign-in.
CREATE TABLE signed_out (
    user_id TEXT NOT NULL,
    at      INTEGER NOT NULL, -- epoch milliseconds
    until   INTEGER NOT NULL, -- epoch milliseconds; 0 while it lasts
    PRIMARY KEY (user_id, at)
) WITHOUT ROWID;
CREATE INDEX signed_out_at ON signed_out (at);
