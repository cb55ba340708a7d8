-- Queues jobs that may start and were found in no list.
-- KEYS: generate:queue, scheduled:jobs, then job:{id} for each id.
-- ARGV: the time, then for each id: id, project_id, trigger, scheduled_for.
local n = 0
for i = 2, #ARGV, 4 do
    local job = KEYS[3 + n]
    if redis.call('EXISTS', job) == 1 and redis.call('TYPE', job).ok ~= 'hash' then
        redis.call('DEL', job)
    end
    redis.call('HSET', job, 'project_id', ARGV[i + 1], 'trigger', ARGV[i + 2], 'scheduled_for', ARGV[i + 3],
        'state', 'queued', 'enqueued_at', ARGV[1])
    redis.call('PERSIST', job)
    redis.call('ZREM', KEYS[2], ARGV[i])
    redis.call('RPUSH', KEYS[1], ARGV[i])
    n = n + 1
end
return n
