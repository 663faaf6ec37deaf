-- What every workload shares: the token, and a random stream for each thread.
local common = {}

local threads = 0
function setup(thread)
  threads = threads + 1
  thread:set("thread_number", threads)
end

function common.start()
  math.randomseed(tonumber(os.getenv("SEED") or "1") * 100 + (thread_number or 0))
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
  wrk.headers["apikey"] = os.getenv("ANON_KEY")
end

function common.json()
  wrk.headers["Content-Type"] = "application/json"
end

-- The tasks of the person who asks have these ids.
function common.task()
  return math.random(1, tonumber(os.getenv("OWN_TASKS")))
end

function common.row()
  return "/rest/v1/tasks?id=eq." .. common.task() .. "&select=id,title,done,priority"
end

common.page = "/rest/v1/tasks?select=id,title,done,priority,created_at&done=eq.false&order=priority.desc,id&limit=20"

common.embeds = "/rest/v1/projects?select=id,name,tasks(id,title,done,tags(id,name))"
  .. "&order=id&tasks.order=id&tasks.tags.order=id&limit=10"

function common.new_task()
  local number = math.random(1, 1000000000)
  return '{"project_id":50,"title":"task ' .. number .. '","priority":' .. number % 10 .. '}'
end

return common
