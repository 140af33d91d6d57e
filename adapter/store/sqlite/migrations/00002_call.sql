-- +goose Up
-- One row for each contact of a user, made of its state and its runs, so that a list of calls can be searched. It can be made anew at any time.
CREATE TABLE call (
    user_id TEXT NOT NULL,
    contact TEXT NOT NULL,
    at      INTEGER NOT NULL, -- epoch milliseconds: when it came to the user
    number  TEXT NOT NULL,    -- E.164 where it can be read, else as it was delivered; '' when withheld
    queue   TEXT NOT NULL,
    outcome TEXT NOT NULL,
    open    INTEGER NOT NULL, -- 1 while the contact is on or one of its runs has not ended: it may change
    run     INTEGER NOT NULL, -- the latest run when it was made
    made    INTEGER NOT NULL, -- epoch milliseconds
    body    BLOB NOT NULL,
    sum     INTEGER NOT NULL,
    PRIMARY KEY (user_id, contact)
) WITHOUT ROWID;
CREATE INDEX call_at ON call (at, contact, user_id);
CREATE INDEX call_user ON call (user_id, at, contact);
CREATE INDEX call_number ON call (number, at, contact, user_id);
CREATE INDEX call_queue ON call (queue, at, contact, user_id);
CREATE INDEX call_outcome ON call (outcome, at, contact, user_id);
CREATE INDEX call_open ON call (made) WHERE open = 1;
CREATE INDEX call_contact ON call (contact);

-- Facts of contacts that were not kept, since their page spoke for another user of the contact centre. The first of a contact is enough.
CREATE TABLE rejection (
    user_id TEXT NOT NULL,
    contact TEXT NOT NULL,
    at      INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    detail  TEXT NOT NULL, -- for a person
    body    BLOB NOT NULL, -- the fact
    sum     INTEGER NOT NULL,
    PRIMARY KEY (user_id, contact)
) WITHOUT ROWID;
CREATE INDEX rejection_at ON rejection (at);
