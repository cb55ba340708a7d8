-- Counted at each scrape of the metrics.
CREATE INDEX project_configs_halted ON project_configs (project_id) WHERE schedule_state = 'HALTED';
