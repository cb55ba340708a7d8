-- Moves one job from the queue to a worker's list; returns 1, or 0 if it is not in the queue any more.
-- KEYS: generate:queue, generate:processing:{worker}.  ARGV: the id; after how many seconds the list expires.
if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then
    return 0
end
redis.call('RPUSH', KEYS[2], ARGV[1])
redis.call('EXPIRE', KEYS[2], ARGV[2])
return 1
