-- Reserves a host's next turn; returns how many milliseconds the caller must wait for it.
-- KEYS: pace:{host}.
-- ARGV, in milliseconds: the delay between this turn and the next; the time from now until which to hold the next back;
-- the longest wait that there can be.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
-- A key of another type is treated as missing and overwritten.
local turn = math.max(now, tonumber(redis.pcall('GET', KEYS[1]) or 0) or 0)
-- One that is later is spoilt, or from before the clock was set back.
if turn > now + ARGV[3] then
    turn = now
end
local free = math.max(turn + ARGV[1], now + ARGV[2])
-- One millisecond is added because Redis rejects an expiry of zero.
redis.call('SET', KEYS[1], string.format('%d', free), 'PX', free - now + 1)
return turn - now
