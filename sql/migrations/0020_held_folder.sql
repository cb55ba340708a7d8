-- The folder that the run of a held version was restricted to, which its project takes on once it is accepted; null in
-- those of the release before, which leave it as it is.
ALTER TABLE held_versions ADD COLUMN folder text;
