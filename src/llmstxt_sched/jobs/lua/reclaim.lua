-- Puts the jobs of a silent worker back to the head of the queue, unless it was heard since.
-- KEYS: generate:workers, generate:queue, generate:processing:{worker}.
-- ARGV: the worker, the time before which a heartbeat counts as silence.
local heard = redis.call('ZSCORE', KEYS[1], ARGV[1])
if heard and tonumber(heard) >= tonumber(ARGV[2]) then
    return 0
end
local moved = 0
while redis.call('LMOVE', KEYS[3], KEYS[2], 'RIGHT', 'LEFT') do
    moved = moved + 1
end
redis.call('ZREM', KEYS[1], ARGV[1])
return moved
