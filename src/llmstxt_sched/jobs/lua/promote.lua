-- Moves due jobs to the queue; returns how many.  Several replicas may promote the same ids at once: only the call
-- that removes an id pushes it.  One command for all ids where there is one: each takes longer to call than to do.
-- KEYS: scheduled:jobs, generate:queue, generate:front, then job:{id} for each id.
-- ARGV: the trigger of all jobs, or '' where the hash of each tells it; then the ids.
local clock = redis.call('TIME')
local now = string.format('%d.%06d', clock[1], clock[2])
local trigger = table.remove(ARGV, 1)
local scores = redis.call('ZMSCORE', KEYS[1], unpack(ARGV))
-- The first write, because a full server refuses a first one that needs memory: HSET would fail on a sound hash.
redis.call('ZREM', KEYS[1], unpack(ARGV))
local ready = {}
for i, id in ipairs(ARGV) do
    if scores[i] then
        local job = KEYS[i + 3]
        -- An error means that the key has another type: replace it.
        if type(redis.pcall('HSET', job, 'state', 'queued', 'enqueued_at', now)) == 'table' then
            redis.call('DEL', job)
            redis.call('HSET', job, 'state', 'queued', 'enqueued_at', now)
        end
        ready[#ready + 1] = {id = id, trigger = trigger ~= '' and trigger or redis.call('HGET', job, 'trigger')}
    end
end
enqueue(KEYS[2], KEYS[3], ready)
return #ready
