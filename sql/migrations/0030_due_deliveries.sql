-- A look at what is due costs in proportion to that, however many deliveries wait for a later attempt.
CREATE INDEX deliveries_by_time ON deliveries (not_before) WHERE status = 'PENDING';
CREATE INDEX targets_disabled ON targets (id) WHERE NOT is_enabled;
