-- name: retention_turn
-- Takes the next turn of the walk over all projects, unless another process took it less than so many seconds ago.  A
-- turn that lies further in the future was taken by a clock that was ahead, and does not count.
UPDATE retention_walk SET at = clock_timestamp()
WHERE at <= (SELECT clock_timestamp()) - make_interval(secs => :seconds)
   OR at > (SELECT clock_timestamp()) + make_interval(secs => :seconds)
RETURNING after;

-- name: retention_walked
-- Lets the next turn continue after this project; from the beginning, if it is null.
UPDATE retention_walk SET after = coalesce(:after::uuid, '00000000-0000-0000-0000-000000000000');

-- name: retention_next
-- The next projects, with what there is to trim of each: numbers of the newest runs and versions that are not kept, and
-- whether the oldest rows are beyond their age.  An age that is null is none.
SELECT p.id AS project_id, m.seen_number, m.seen_kept, m.run_number, m.version_number, m.swept_run, m.compacted_until,
       seen.number AS seen_upto, coalesce(newest.number, 0) AS newest_version,
       coalesce(ended.number, 0) AS newest_run,
       coalesce(oldest.finished_at < (SELECT clock_timestamp()) - make_interval(days => :run_days::integer), false)
           AS has_old_runs,
       coalesce(first.last < (SELECT clock_timestamp()) - make_interval(days => :ledger_days::integer), false)
           AS has_old_ledger,
       coalesce(
           loose.first < date_trunc('day', (SELECT clock_timestamp()) - make_interval(days => :compact_days::integer)),
           false
       ) AS has_loose_ledger
FROM (SELECT id FROM projects WHERE id > :after ORDER BY id LIMIT :limit) p
CROSS JOIN LATERAL (
    SELECT coalesce(max(seen_number), 0) AS seen_number, coalesce(max(seen_kept), '{}') AS seen_kept, coalesce(max(run_number), 0) AS run_number,
           coalesce(max(version_number), 0) AS version_number, coalesce(max(swept_run), 0) AS swept_run,
           coalesce(max(compacted_until), 'epoch') AS compacted_until
    FROM retention_marks WHERE project_id = p.id
) m
LEFT JOIN LATERAL (
    SELECT number FROM runs WHERE project_id = p.id AND finished_at IS NOT NULL
    ORDER BY number DESC OFFSET :seen_runs LIMIT 1
) seen ON true
LEFT JOIN LATERAL (
    SELECT number FROM versions WHERE project_id = p.id AND number > 0 ORDER BY number DESC LIMIT 1
) newest ON true
LEFT JOIN LATERAL (
    SELECT number FROM runs WHERE project_id = p.id AND finished_at IS NOT NULL ORDER BY number DESC LIMIT 1
) ended ON true
LEFT JOIN LATERAL (
    SELECT finished_at FROM runs WHERE project_id = p.id AND number > m.run_number ORDER BY number LIMIT 1
) oldest ON true
LEFT JOIN LATERAL (SELECT last FROM occurrences WHERE project_id = p.id ORDER BY first LIMIT 1) first ON true
LEFT JOIN LATERAL (
    SELECT first FROM occurrences WHERE project_id = p.id AND first >= m.compacted_until ORDER BY first LIMIT 1
) loose ON true
ORDER BY p.id;

-- name: retention_mark
-- Notes how far a project has been trimmed, if it is still there.
INSERT INTO retention_marks (project_id, seen_number, seen_kept, run_number, version_number, swept_run, compacted_until)
SELECT id, :seen_number, :seen_kept, :run_number, :version_number, :swept_run, :compacted_until
FROM projects WHERE id = :project_id FOR KEY SHARE
ON CONFLICT (project_id) DO UPDATE SET
    seen_number = excluded.seen_number, seen_kept = excluded.seen_kept, run_number = excluded.run_number, version_number = excluded.version_number,
    swept_run = excluded.swept_run, compacted_until = excluded.compacted_until;

-- name: retention_standing
-- The number of the run whose findings are the project's pages as they stand.
SELECT number FROM runs
WHERE project_id = :project_id AND status IN ('COMPLETE_NO_DIFFS', 'COMPLETE_WITH_DIFFS')
  AND (held IS NULL OR held = 'accepted')
ORDER BY number DESC LIMIT 1;

-- name: retention_forget_seen
-- Deletes what some runs saw, those after `number` and up to `upto` and those of `kept`, but not of the run `standing`
-- as which the pages stand, one that has taken its place meanwhile, nor one whose version waits for a decision. 
-- `reached` is the last of them, `kept` are those that have to be kept.
WITH next AS (
    SELECT id, number, status, held FROM runs
    WHERE project_id = :project_id AND number > :number AND number <= :upto
    ORDER BY number LIMIT :limit
), passed AS (
    SELECT id, number, held IS NOT DISTINCT FROM 'waiting' OR (
        number >= :standing AND status IN ('COMPLETE_NO_DIFFS', 'COMPLETE_WITH_DIFFS')
        AND (held IS NULL OR held = 'accepted')
    ) AS is_kept
    FROM (
        SELECT * FROM next
        UNION ALL
        SELECT id, number, status, held FROM runs WHERE project_id = :project_id AND number = ANY(:kept::integer[])
    ) r
), gone AS (
    DELETE FROM run_pages rp USING passed WHERE rp.run_id = passed.id AND NOT passed.is_kept RETURNING 1
)
SELECT (SELECT count(*) FROM gone) AS deleted, (SELECT max(number) FROM next) AS reached,
       coalesce(array_agg(number ORDER BY number) FILTER (WHERE is_kept), '{}') AS kept
FROM passed;

-- name: retention_drop_runs
-- Deletes old runs with what they saw and changed: the next ones after `number`.  Those stay that made a version, the
-- newest that ended, and the one as which the pages stand.
WITH passed AS (
    SELECT id, number FROM runs
    WHERE project_id = :project_id AND number > :number
      AND finished_at < (SELECT clock_timestamp()) - make_interval(days => :days)
    ORDER BY number LIMIT :limit
), gone AS (
    DELETE FROM runs r USING passed
    WHERE r.id = passed.id
      AND NOT EXISTS (SELECT FROM versions v WHERE v.run_id = r.id)
      AND EXISTS (
        SELECT FROM runs n WHERE n.project_id = r.project_id AND n.number > r.number AND n.finished_at IS NOT NULL
      )
      AND (r.status NOT IN ('COMPLETE_NO_DIFFS', 'COMPLETE_WITH_DIFFS') OR EXISTS (
        SELECT FROM runs n WHERE n.project_id = r.project_id AND n.number > r.number
          AND n.status IN ('COMPLETE_NO_DIFFS', 'COMPLETE_WITH_DIFFS') AND (n.held IS NULL OR n.held = 'accepted')
      ))
    RETURNING 1
)
SELECT (SELECT count(*) FROM gone) AS deleted, max(number) AS reached FROM passed;

-- name: retention_versions
-- Versions after `number` and up to `upto` that are not the first of their month.
SELECT v.id, v.run_id FROM versions v
WHERE v.project_id = :project_id AND v.number > :number AND v.number <= :upto
  AND EXISTS (
    SELECT FROM versions earlier
    WHERE earlier.project_id = v.project_id AND earlier.number > 0 AND earlier.number < v.number
      AND date_trunc('month', earlier.created_at) = date_trunc('month', v.created_at)
)
ORDER BY v.number LIMIT :limit;

-- name: retention_release_version
-- Takes a version from some of the runs that left it in force.
UPDATE runs SET version_id = NULL WHERE id IN (SELECT id FROM runs WHERE version_id = :id LIMIT :limit) RETURNING 1;

-- name: retention_drop_version
-- Deletes a version; runs that left it in force remain.
DELETE FROM versions WHERE id = :id;

-- name: retention_drop_run
-- Deletes the run that made a version which is gone, if the run is old as well.
DELETE FROM runs WHERE id = :id AND finished_at < (SELECT clock_timestamp()) - make_interval(days => :days) RETURNING id;

-- name: retention_drop_ledger
-- Deletes the oldest rows of a project's ledger, as far as all that they tell of is beyond its age.
DELETE FROM occurrences o USING (
    SELECT first FROM occurrences
    WHERE project_id = :project_id AND first < (SELECT clock_timestamp()) - make_interval(days => :days)
      AND last < (SELECT clock_timestamp()) - make_interval(days => :days)
    ORDER BY first LIMIT :limit
) old
WHERE o.project_id = :project_id AND o.first = old.first RETURNING 1;

-- name: retention_compact_ledger
-- Makes one row of neighbours in a project's ledger that had one fate within one day, in some weeks from `since` on.
-- The row keeps its run if all neighbours have the same.
WITH bounds AS (
    SELECT least(
        date_trunc('day', (SELECT clock_timestamp()) - make_interval(days => :days)),
        date_trunc('day', min(first)) + interval '28 days'
    ) AS until
    FROM occurrences WHERE project_id = :project_id AND first >= :since
), marked AS (
    SELECT o.*, (
        date_trunc('day', first), outcome, coalesce(reason, ''), cron_expression, timezone
    ) IS DISTINCT FROM (
        lag(date_trunc('day', first)) OVER w, lag(outcome) OVER w, lag(coalesce(reason, '')) OVER w,
        lag(cron_expression) OVER w, lag(timezone) OVER w
    ) AS begins
    FROM occurrences o, bounds
    WHERE project_id = :project_id AND first >= :since AND first < bounds.until
    WINDOW w AS (ORDER BY first)
), grouped AS (
    SELECT *, count(*) FILTER (WHERE begins) OVER (ORDER BY first) AS part FROM marked
), joined AS (
    SELECT part, min(first) AS first, max(last) AS last, sum(count) AS count,
           CASE WHEN count(run_id) = count(*) AND count(DISTINCT run_id) = 1 THEN (array_agg(run_id))[1] END AS run_id
    FROM grouped GROUP BY part HAVING count(*) > 1
), gone AS (
    DELETE FROM occurrences o USING grouped g JOIN joined j ON j.part = g.part
    WHERE o.project_id = :project_id AND o.first = g.first AND g.first > j.first RETURNING 1
), kept AS (
    UPDATE occurrences o SET last = j.last, count = j.count, run_id = j.run_id
    FROM joined j WHERE o.project_id = :project_id AND o.first = j.first
)
SELECT (SELECT count(*) FROM gone) AS deleted, until FROM bounds;

-- name: retention_drop_audit
-- Deletes the oldest rows of the audit log, as far as they are beyond their age.
DELETE FROM audit WHERE id IN (
    SELECT id FROM audit WHERE at < (SELECT clock_timestamp()) - make_interval(days => :days) ORDER BY at LIMIT :limit
) RETURNING 1;

-- name: retention_drop_events
-- Deletes the oldest events that are beyond their age, but those that somebody is still to be told of.  The age of no
-- more than these is looked at, as their order is that of their numbers.
DELETE FROM events e USING (
    SELECT n.number, n.at FROM events n
    WHERE n.payload IS NOT NULL
      AND NOT EXISTS (SELECT FROM deliveries d WHERE d.event_number = n.number AND d.status = 'PENDING')
    ORDER BY n.number LIMIT :limit
) old
WHERE e.number = old.number AND old.at < (SELECT clock_timestamp()) - make_interval(days => :days)
RETURNING 1;

-- name: retention_drop_deliveries
-- Deletes the oldest deliveries that are beyond their age, but those that are still to be made.
DELETE FROM deliveries WHERE id IN (
    SELECT id FROM deliveries
    WHERE created_at < (SELECT clock_timestamp()) - make_interval(days => :days) AND status <> 'PENDING'
    ORDER BY created_at LIMIT :limit
) RETURNING 1;

-- name: retention_drop_history
-- Deletes a part of a project's history before the project is deleted as a whole, so that no transaction is long: the
-- oldest versions, runs and rows of the ledger, but not the newest version and the newest run.
WITH old_versions AS (
    DELETE FROM versions WHERE id IN (
        SELECT id FROM versions WHERE project_id = :project_id AND number > 0
          AND number < (SELECT max(number) FROM versions WHERE project_id = :project_id)
        ORDER BY number LIMIT :versions
    ) RETURNING 1
), old_runs AS (
    DELETE FROM runs WHERE id IN (
        SELECT r.id FROM runs r
        WHERE r.project_id = :project_id AND r.finished_at IS NOT NULL
          AND r.number < (SELECT max(number) FROM runs WHERE project_id = :project_id)
          AND NOT EXISTS (SELECT FROM versions v WHERE v.run_id = r.id)
        ORDER BY r.number LIMIT :runs
    ) RETURNING 1
), ledger AS (
    DELETE FROM occurrences o USING (
        SELECT first FROM occurrences WHERE project_id = :project_id ORDER BY first LIMIT :rows
    ) old
    WHERE o.project_id = :project_id AND o.first = old.first RETURNING 1
)
SELECT (SELECT count(*) FROM old_versions) + (SELECT count(*) FROM old_runs) + (SELECT count(*) FROM ledger);
