-- +goose Up
-- Changes of agents' statuses, at the contact centre and in Omni-Channel, and who made them.
CREATE TABLE presence (
    id      INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL,
    at      INTEGER NOT NULL, -- epoch milliseconds
    body    BLOB NOT NULL,
    sum     INTEGER NOT NULL
);
CREATE INDEX presence_user ON presence (user_id, id);
