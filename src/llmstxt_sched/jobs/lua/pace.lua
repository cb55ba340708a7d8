-- Reserves a host's next turn; returns how many milliseconds the caller must wait for it.
-- KEYS: pace:{host}.
-- ARGV, in milliseconds: the delay between this turn and the next; the time from now until which to hold the next back.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
-- A key of another type is treated as missing and overwritten.
local turn = math.max(now, tonumber(redis.pcall('GET', KEYS[1]) or 0) or 0)
-- No crawl waits for an hour more than the delay: it is what a clock that was ahead has left behind.
if turn > now + 3600000 + ARGV[1] then
    turn = now
end
local free = math.max(turn + ARGV[1], now + ARGV[2])
-- One millisecond is added because Redis rejects an expiry of zero.
redis.call('SET', KEYS[1], string.format('%d', free), 'PX', free - now + 1)
return turn - now
