-- Moves due jobs to the queue.  Only the call whose ZREM took an id out may push it, so that of all
-- replicas that promote the same page one does.
-- KEYS: scheduled:jobs, generate:queue, then job:{id} for each id.  ARGV: the ids.
local clock = redis.call('TIME')
local now = string.format('%d.%06d', clock[1], clock[2])
local ready = {}
for i = 1, #ARGV do
    if redis.call('ZREM', KEYS[1], ARGV[i]) == 1 then
        local job = KEYS[i + 2]
        -- A key of another type is dropped.
        if type(redis.pcall('HSET', job, 'state', 'queued', 'enqueued_at', now)) == 'table' then
            redis.call('DEL', job)
            redis.call('HSET', job, 'state', 'queued', 'enqueued_at', now)
        end
        ready[#ready + 1] = ARGV[i]
    end
end
if #ready > 0 then
    redis.call('RPUSH', KEYS[2], unpack(ready))
end
return #ready
