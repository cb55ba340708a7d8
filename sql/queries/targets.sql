-- name: target_insert
-- Stores a new target, as long as its project is there.
INSERT INTO targets (
    id, project_id, kind, name, events, only_changes, is_ordered, options, shown_address, sealed, is_enabled
)
SELECT :id, :project_id::uuid, :kind, :name, :events::text[], :only_changes, :is_ordered, :options, :shown_address, :sealed, :is_enabled
WHERE :project_id::uuid IS NULL OR EXISTS (SELECT FROM projects WHERE id = :project_id FOR KEY SHARE)
RETURNING *;

-- name: target_get
-- One target.
SELECT * FROM targets WHERE id = :id;

-- name: target_lock
-- One target, locked while it is changed.
SELECT *, clock_timestamp() AS now FROM targets WHERE id = :id FOR NO KEY UPDATE;

-- name: target_page
-- Targets, newest first: of one project, or all.
SELECT * FROM targets
WHERE (:project_id::uuid IS NULL OR project_id = :project_id)
  AND (:before_at::timestamptz IS NULL OR (created_at, id) < (:before_at, :before_id::uuid))
ORDER BY created_at DESC, id DESC LIMIT :limit;

-- name: target_update
-- Changes a target; one that is enabled again begins anew.
UPDATE targets SET
    name = :name, events = :events::text[], only_changes = :only_changes, is_ordered = :is_ordered, options = :options,
    shown_address = :shown_address, sealed = :sealed, is_enabled = :is_enabled,
    disabled_reason = CASE WHEN :is_enabled THEN NULL ELSE disabled_reason END,
    failing_since = CASE WHEN :is_enabled AND NOT is_enabled THEN NULL ELSE :failing_since::timestamptz END,
    updated_at = clock_timestamp()
WHERE id = :id RETURNING *;

-- name: target_sealed
-- What the next targets hold sealed.
SELECT id, sealed FROM targets WHERE id > :after ORDER BY id LIMIT :limit;

-- name: target_reseal
-- Stores what a target holds, sealed with a newer key, unless it was changed meanwhile.
UPDATE targets SET sealed = :sealed WHERE id = :id AND sealed = :before;

-- name: target_disable
-- Disables a target, and writes the event of that, if it has only failed for so long and had so many deliveries given up.
WITH disabled AS (
    UPDATE targets SET is_enabled = false, disabled_reason = :reason, updated_at = clock_timestamp()
    WHERE id = :id AND is_enabled AND failing_since <= (SELECT clock_timestamp()) - :after::interval
      AND :failures::int <= (
          SELECT count(*) FROM deliveries d
          WHERE d.target_id = targets.id AND d.status = 'FAILED' AND d.finished_at >= targets.failing_since
      )
    RETURNING id, project_id, name, kind
), told AS (
    INSERT INTO events (kind, project_id, details)
    SELECT 'delivery.disabled', project_id, jsonb_build_object(
        'target', jsonb_build_object('id', id, 'name', name, 'kind', kind), 'reason', :reason::text
    )
    FROM disabled
)
SELECT true FROM disabled;

-- name: target_delete
-- Deletes a target with its deliveries.
DELETE FROM targets WHERE id = :id RETURNING id;

-- name: target_interested
-- The targets that may be told of events of these projects, or of all; of addresses of mail those that are confirmed.
SELECT id, project_id, kind, events, only_changes FROM targets
WHERE is_enabled AND (project_id IS NULL OR project_id = ANY(:ids::uuid[]))
  AND (kind <> 'email' OR confirmed_at IS NOT NULL);
