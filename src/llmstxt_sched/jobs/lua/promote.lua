-- Moves due jobs to the queue; returns how many.  Several replicas may promote the same ids at once: only the call
-- whose ZREM removed an id pushes it.
-- KEYS: scheduled:jobs, generate:queue, generate:front, then job:{id} for each id.  ARGV: the ids.
local clock = redis.call('TIME')
local now = string.format('%d.%06d', clock[1], clock[2])
local ready = {}
for i = 1, #ARGV do
    if redis.call('ZREM', KEYS[1], ARGV[i]) == 1 then
        local job = KEYS[i + 3]
        -- An error means that the key has another type: replace it.
        if type(redis.pcall('HSET', job, 'state', 'queued', 'enqueued_at', now)) == 'table' then
            redis.call('DEL', job)
            redis.call('HSET', job, 'state', 'queued', 'enqueued_at', now)
        end
        ready[#ready + 1] = {id = ARGV[i], trigger = redis.call('HGET', job, 'trigger')}
    end
end
enqueue(KEYS[2], KEYS[3], ready)
return #ready
