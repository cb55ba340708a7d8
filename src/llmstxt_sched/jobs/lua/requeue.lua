-- Queues jobs that may start but were found in no list; returns how many.  Jobs queued since the search began are
-- skipped: all replicas may search at the same time, and each would queue the same jobs.
-- KEYS: generate:queue, scheduled:jobs, generate:front, then job:{id} for each id.
-- ARGV: when the search began (epoch seconds by this server's clock), then for each id: id, project_id, trigger,
-- scheduled_for.
local clock = redis.call('TIME')
local now = string.format('%d.%06d', clock[1], clock[2])
local ready = {}
for i = 2, #ARGV, 4 do
    local job = KEYS[4 + (i - 2) / 4]
    local shown = redis.pcall('HMGET', job, 'state', 'enqueued_at')
    local queued_at = shown[1] == 'queued' and tonumber(shown[2])
    -- A time in the future means that the clock has been set back since, so it proves nothing.
    if not (queued_at and queued_at >= tonumber(ARGV[1]) and queued_at <= tonumber(now)) then
        local fields = {'project_id', ARGV[i + 1], 'trigger', ARGV[i + 2], 'scheduled_for', ARGV[i + 3],
            'state', 'queued', 'enqueued_at', now}
        -- An error means that the key has another type: replace it.
        if type(redis.pcall('HSET', job, unpack(fields))) == 'table' then
            redis.call('DEL', job)
            redis.call('HSET', job, unpack(fields))
        end
        redis.call('PERSIST', job)
        redis.call('ZREM', KEYS[2], ARGV[i])
        ready[#ready + 1] = {id = ARGV[i], trigger = ARGV[i + 2]}
    end
end
enqueue(KEYS[1], KEYS[3], ready)
return #ready
