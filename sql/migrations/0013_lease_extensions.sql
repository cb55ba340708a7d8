-- Leases whose row another transaction has locked, so that their end could not be written there.  A renewal does not wait
-- for that row: with it, all other leases of the process would run out.
CREATE TABLE lease_extensions (
    token uuid PRIMARY KEY,
    until timestamptz NOT NULL
);
