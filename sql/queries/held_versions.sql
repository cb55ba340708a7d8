-- name: held_version_insert
-- Keeps what accepting the held version of a run would do to the pages; the version itself is stored with the others.
INSERT INTO held_versions (project_id, run_id, version_id, reader_version, standings, gone, folder)
VALUES (:project_id, :run_id, :version_id, :reader_version, :standings, :gone, :folder);

-- name: held_version_of_run
-- What accepting the held version of a run does to the pages, if it still waits for a decision.
SELECT reader_version, standings, gone, folder FROM held_versions WHERE run_id = :run_id;

-- name: held_version_made_by
-- The options by which the held version of a run was made.
SELECT v.options FROM held_versions h JOIN versions v ON v.id = h.version_id WHERE h.run_id = :run_id;

-- name: held_version_accept
-- Publishes the held version of a run by giving it the next number.
WITH accepted AS (
    DELETE FROM held_versions WHERE run_id = :run_id RETURNING project_id, version_id
), numbered AS (
    UPDATE versions v SET accepted_at = clock_timestamp(), number = (
        SELECT max(published.number) + 1 FROM versions published WHERE published.project_id = v.project_id
    )
    FROM accepted WHERE v.id = accepted.version_id
)
UPDATE runs r SET held = 'accepted' FROM accepted WHERE r.id = :run_id RETURNING r.*;

-- name: held_version_drop
-- Throws the held version of a project away, if there is one, and what its run staged for it; :held says by which fate.
-- Its run leaves the published version in force.
WITH dropped AS (
    DELETE FROM versions v USING held_versions h WHERE h.project_id = :project_id AND v.id = h.version_id
    RETURNING h.project_id, h.run_id
), released AS (
    UPDATE run_pages rp SET content = NULL FROM dropped WHERE rp.run_id = dropped.run_id AND rp.content IS NOT NULL
)
UPDATE runs r SET held = :held, version_id = (
    SELECT v.id FROM versions v WHERE v.project_id = dropped.project_id AND v.number > 0 ORDER BY v.number DESC LIMIT 1
)
FROM dropped WHERE r.id = dropped.run_id RETURNING r.*;
