-- Stands before each script that puts jobs into the queue.  Runs by hand and initial runs come before scheduled ones, and
-- among themselves in the order in which they were put there: `front` names the last of them.
-- Where that is no longer among the first LOOK jobs, the next one simply comes first: a script blocks the server.
local LOOK = 1000

local function enqueue(queue, front, jobs)
    local scheduled = {}
    for _, job in ipairs(jobs) do
        if job.trigger == 'manual' or job.trigger == 'initial' then
            local last = redis.pcall('GET', front)
            if type(last) == 'string' and redis.call('LPOS', queue, last, 'MAXLEN', LOOK) then
                redis.call('LINSERT', queue, 'AFTER', last, job.id)
            else
                redis.call('LPUSH', queue, job.id)
            end
            redis.call('SET', front, job.id)
        else
            scheduled[#scheduled + 1] = job.id
        end
    end
    if #scheduled > 0 then
        redis.call('RPUSH', queue, unpack(scheduled))
    end
end
