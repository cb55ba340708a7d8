-- The time by the server that holds our keys, which in a cluster is one of several.
-- KEYS: generate:queue.
local clock = redis.call('TIME')
return string.format('%d.%06d', clock[1], clock[2])
