-- Returns the time, in epoch seconds, of the server that holds our keys.  KEYS makes a cluster pick the right node.
-- KEYS: generate:queue.
local clock = redis.call('TIME')
return string.format('%d.%06d', clock[1], clock[2])
