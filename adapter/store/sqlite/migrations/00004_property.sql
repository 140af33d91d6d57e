-- +goose Up
-- What the flows of a user have kept until the user signs out. What belongs to no contact has contact ''.
CREATE TABLE property (
    user_id TEXT NOT NULL,
    contact TEXT NOT NULL,
    key     TEXT NOT NULL,
    at      INTEGER NOT NULL, -- epoch milliseconds
    body    BLOB NOT NULL,    -- JSON
    sum     INTEGER NOT NULL,
    PRIMARY KEY (user_id, contact, key)
) WITHOUT ROWID;
CREATE INDEX property_contact ON property (contact, user_id) WHERE contact <> '';
CREATE INDEX property_at ON property (at);

-- Which effects on them have happened, so that none happens twice.
CREATE TABLE property_effect (
    user_id TEXT NOT NULL,
    contact TEXT NOT NULL,    -- of the run
    effect  TEXT NOT NULL,
    at      INTEGER NOT NULL, -- epoch milliseconds
    value   REAL NOT NULL,    -- what a counter came to; 0 for others
    PRIMARY KEY (user_id, effect)
) WITHOUT ROWID;
CREATE INDEX property_effect_at ON property_effect (at);
