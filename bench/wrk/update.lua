-- One row changed by its key.
package.path = (os.getenv("SCRIPTS") or ".") .. "/?.lua;" .. package.path
local common = require("common")

function init()
  common.start()
  common.json()
end
function request()
  local done = math.random(2) == 1 and "true" or "false"
  return wrk.format("PATCH", "/rest/v1/tasks?id=eq." .. common.task(), nil, '{"done":' .. done .. '}')
end
