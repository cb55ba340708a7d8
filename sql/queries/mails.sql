-- name: mail_targets
-- The targets of mail that know or may hear of these projects, with what decides whether they do.
SELECT id, project_id, events, only_changes, options, is_enabled AND confirmed_at IS NOT NULL AS is_told
FROM targets WHERE kind = 'email' AND (project_id IS NULL OR project_id = ANY(:ids::uuid[]));

-- name: mail_target_lock
-- One target of mail, unless another process writes to it, or it is to be told nothing any more.
SELECT id, project_id, shown_address, options, only_changes, last_mail_at, next_digest_at, clock_timestamp() AS now
FROM targets WHERE id = :id AND is_enabled AND confirmed_at IS NOT NULL FOR NO KEY UPDATE SKIP LOCKED;

-- name: mail_insert
-- A mail that is to be delivered, in its final form.
INSERT INTO deliveries (id, target_id, number, content, status)
VALUES (:id, :target_id, coalesce((SELECT max(number) FROM events), 0), :content, 'PENDING');

-- name: mail_question
-- Notes that an address is asked for its confirmation, and returns how often it was within a day; the row's lock has two
-- that ask at once count each other.  What a clock that was ahead has noted does not count.  Some addresses that were not
-- asked for a day are forgotten.
WITH forgotten AS (
    DELETE FROM mail_questions WHERE address_sha256 IN (
        SELECT address_sha256 FROM mail_questions
        WHERE asked_at[cardinality(asked_at)] < (SELECT clock_timestamp()) - interval '1 day' AND address_sha256 <> :sha256
        LIMIT 10 FOR UPDATE SKIP LOCKED
    )
)
INSERT INTO mail_questions (address_sha256, asked_at) VALUES (:sha256, ARRAY[clock_timestamp()])
ON CONFLICT (address_sha256) DO UPDATE SET asked_at = array_append(ARRAY(
    SELECT at FROM unnest(mail_questions.asked_at) AS asked (at)
    WHERE at > clock_timestamp() - interval '1 day' AND at <= clock_timestamp()
), clock_timestamp())
RETURNING cardinality(asked_at);

-- name: mail_answered
-- Forgets how often an address was asked: its reader has answered.
DELETE FROM mail_questions WHERE address_sha256 = :sha256;

-- name: mail_ask
-- Notes the newest link by which the address of a target may be confirmed.
UPDATE targets SET confirmed_at = NULL, confirmation_sha256 = :sha256 WHERE id = :id;

-- name: mail_asked_by
-- The target whose address is confirmed by this link, locked until it is.
SELECT t.id, t.project_id, t.name, t.shown_address, t.options, t.confirmed_at, p.name AS project_name,
       clock_timestamp() AS now
FROM targets t LEFT JOIN projects p ON p.id = t.project_id
WHERE t.confirmation_sha256 = :sha256 FOR NO KEY UPDATE OF t;

-- name: mail_confirm
-- Notes that the reader of an address wants to be told, and when the first digest is due.
UPDATE targets SET confirmed_at = clock_timestamp(), next_digest_at = :next WHERE id = :id;

-- name: mail_forget
-- Forgets what the reader of an address was told and was to be told, and that it was confirmed.  What was written to one
-- address is not sent to another.
WITH written AS (
    UPDATE deliveries SET content = NULL WHERE target_id = :id AND content IS NOT NULL
), known AS (
    DELETE FROM incidents WHERE target_id = :id
), kept AS (
    DELETE FROM digest_entries WHERE target_id = :id
)
UPDATE targets SET confirmed_at = NULL, confirmation_sha256 = NULL, next_digest_at = NULL,
    last_mail_at = NULL, untold_since = NULL
WHERE id = :id;

-- name: mail_end
-- Tells a reader nothing any more, as asked; no row where that was done before.
UPDATE targets SET is_enabled = false, disabled_reason = :reason, updated_at = clock_timestamp()
WHERE id = :id AND confirmed_at IS NOT NULL RETURNING name;
