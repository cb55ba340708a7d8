-- name: audit_insert
-- Notes who did what.
INSERT INTO audit (
    id, user_id, user_name, token_id, token_name, action, object_type, object_id, object_name, address, details
) VALUES (
    :id, :user_id, :user_name, :token_id, :token_name, :action, :object_type, :object_id, :object_name, :address, :details
);

-- name: audit_page
-- What was done, newest first: by whom (an id, or a name whose case does not count), of which kind (`project.` and
-- `project` are all of `project.create`, `project.edit`, …), and since when.
SELECT * FROM audit
WHERE (:user_id::uuid IS NULL OR user_id = :user_id)
  AND (:user_name::text IS NULL OR lower(user_name) = lower(:user_name))
  AND (:action::text IS NULL OR action = :action OR starts_with(action, rtrim(:action, '.') || '.'))
  AND (:since::timestamptz IS NULL OR at >= :since)
  AND (:before_at::timestamptz IS NULL OR (at, id) < (:before_at, :before_id::uuid))
ORDER BY at DESC, id DESC LIMIT :limit;
