-- The active states of a run and the legal moves between states, filled in from `domain/run.py` when migrating.
CREATE OR REPLACE FUNCTION is_active(status text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT status IN ({active_states})
$$;

CREATE OR REPLACE FUNCTION run_moves() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY[{moves}]
$$;
