-- +goose Up
-- What is known of a contact lies in the order in which contacts came, and its key apart from it: a key comes in at any place, and would
-- have the texts beside it written again. The contact comes first in the key, so that the one index finds who had it, too.
CREATE TABLE state_anew (
    id      INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL,
    contact TEXT NOT NULL,
    at      INTEGER NOT NULL, -- epoch milliseconds of the latest change
    live    INTEGER NOT NULL, -- 1 while the contact has not ended
    body    BLOB NOT NULL,
    sum     INTEGER NOT NULL,
    UNIQUE (contact, user_id)
);
INSERT INTO state_anew (user_id, contact, at, live, body, sum) SELECT user_id, contact, at, live, body, sum FROM state ORDER BY at;
DROP TABLE state;
ALTER TABLE state_anew RENAME TO state;
CREATE INDEX state_live ON state (user_id) WHERE live = 1;
CREATE INDEX state_at ON state (at);
