-- SPDX-License-Identifier: MulanPSL-2.0
-- A sign-in name is one account's while it may sign in; afterwards it is free.
DROP INDEX access_account_login;
CREATE UNIQUE INDEX access_account_login ON access_account (district, login)
    WHERE ended_at = 0;

-- The owner knows a session by where it is.
ALTER TABLE access_session ADD COLUMN browser TEXT NOT NULL DEFAULT '';
CREATE INDEX access_session_account ON access_session (district, account);

-- 1: who opens the link chooses a password, although there is one.
ALTER TABLE access_link ADD COLUMN chooses INTEGER NOT NULL DEFAULT 0;

-- Roles that one administrator gave and a second has not confirmed yet.
CREATE TABLE access_grant (
    district INTEGER NOT NULL,
    account INTEGER NOT NULL,
    roles INTEGER NOT NULL,
    org INTEGER NOT NULL,
    asked_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    PRIMARY KEY (district, account)
) STRICT, WITHOUT ROWID;
