-- Reserves a host's next turn: gives how many milliseconds the caller waits for it.
-- KEYS: pace:{host}.  ARGV: the delay after this turn, the time to push the next turn away by; milliseconds.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
-- A key of another type counts as none, and is overwritten.
local turn = math.max(now, tonumber(redis.pcall('GET', KEYS[1]) or 0) or 0)
local free = math.max(turn + ARGV[1], now + ARGV[2])
-- One millisecond more than is waited for, since an expiry of nothing is an error.
redis.call('SET', KEYS[1], string.format('%d', free), 'PX', free - now + 1)
return turn - now
