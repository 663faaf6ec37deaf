-- Five reads of a row, three pages, one insert, one update.
package.path = (os.getenv("SCRIPTS") or ".") .. "/?.lua;" .. package.path
local common = require("common")

function init()
  common.start()
  common.json()
end
function request()
  local kind = math.random(10)
  if kind <= 5 then return wrk.format("GET", common.row()) end
  if kind <= 8 then return wrk.format("GET", common.page) end
  if kind == 9 then return wrk.format("POST", "/rest/v1/tasks", nil, common.new_task()) end
  return wrk.format("PATCH", "/rest/v1/tasks?id=eq." .. common.task(), nil, '{"done":false}')
end
