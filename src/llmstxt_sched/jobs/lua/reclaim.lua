-- Moves jobs of a silent worker back to the head of the queue, unless it has sent a heartbeat meanwhile.  Returns how
-- many were moved.  The worker is removed once its list is empty, that is, once fewer than the maximum were moved.
-- KEYS: generate:workers, generate:queue, generate:processing:{worker}.
-- ARGV: the worker; the times (epoch seconds) before and after which its last heartbeat must be; the maximum number of
-- jobs.
local heard = redis.call('ZSCORE', KEYS[1], ARGV[1])
if heard and tonumber(heard) >= tonumber(ARGV[2]) and tonumber(heard) <= tonumber(ARGV[3]) then
    return 0
end
-- A key of another type holds no job.
local kind = redis.call('TYPE', KEYS[3]).ok
if kind ~= 'list' and kind ~= 'none' then
    redis.call('DEL', KEYS[3])
end
local moved = 0
while moved < tonumber(ARGV[4]) and redis.call('LMOVE', KEYS[3], KEYS[2], 'RIGHT', 'LEFT') do
    moved = moved + 1
end
if moved < tonumber(ARGV[4]) then
    redis.call('ZREM', KEYS[1], ARGV[1])
end
return moved
