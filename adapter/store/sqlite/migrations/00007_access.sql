-- +goose Up
-- The access token that was made last by a session's refresh token, sealed; empty for none.
ALTER TABLE session ADD COLUMN access BLOB NOT NULL DEFAULT x'';
