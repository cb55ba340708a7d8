-- Counts one attempt; returns for how many milliseconds no other makes sense: 0 if this one is within all limits.
-- Where one limit is exceeded, those after it are not charged.
-- KEYS: limit:{what}:{who} for each limit.  ARGV: the length of a window in milliseconds, then the most of each limit.
for i = 1, #KEYS do
    local count = redis.pcall('INCR', KEYS[i])
    -- An error means that the key is none of ours: overwrite it.
    if type(count) == 'table' then
        redis.call('SET', KEYS[i], 1)
        count = 1
    end
    if redis.call('PTTL', KEYS[i]) < 0 then
        redis.call('PEXPIRE', KEYS[i], ARGV[1])
    end
    if count > tonumber(ARGV[i + 1]) then
        return redis.call('PTTL', KEYS[i])
    end
end
return 0
