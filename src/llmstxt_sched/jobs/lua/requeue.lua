-- Queues jobs that may start and were found in no list.
-- KEYS: generate:queue, scheduled:jobs, then job:{id} for each id.
-- ARGV: the time, then for each id: id, project_id, trigger, scheduled_for.
local ready = {}
for i = 2, #ARGV, 4 do
    local job = KEYS[3 + #ready]
    local fields = {'project_id', ARGV[i + 1], 'trigger', ARGV[i + 2], 'scheduled_for', ARGV[i + 3],
        'state', 'queued', 'enqueued_at', ARGV[1]}
    -- A key of another type is dropped.
    if type(redis.pcall('HSET', job, unpack(fields))) == 'table' then
        redis.call('DEL', job)
        redis.call('HSET', job, unpack(fields))
    end
    redis.call('PERSIST', job)
    redis.call('ZREM', KEYS[2], ARGV[i])
    ready[#ready + 1] = ARGV[i]
end
if #ready > 0 then
    redis.call('RPUSH', KEYS[1], unpack(ready))
end
return #ready
