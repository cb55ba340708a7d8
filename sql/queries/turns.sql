-- name: turn_take
-- Begins work that one replica does for all, unless any of them has begun it within so many seconds.  Work that was
-- begun further in the future was begun by a clock that was ahead, and does not count.
INSERT INTO turns (name, taken_at) VALUES (:name, clock_timestamp())
ON CONFLICT (name) DO UPDATE SET taken_at = excluded.taken_at
WHERE turns.taken_at < (SELECT clock_timestamp()) - make_interval(secs => :seconds)
   OR turns.taken_at > (SELECT clock_timestamp()) + make_interval(secs => :seconds)
RETURNING true;
