-- A settle writes less for its event.

-- The entry by project is written when the event is handed to its targets, where its row is written anew anyway.
DROP INDEX events_of_project;
CREATE INDEX events_of_project ON events (project_id, number) WHERE payload IS NOT NULL;
