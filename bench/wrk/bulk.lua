-- A thousand rows in one request.
package.path = (os.getenv("SCRIPTS") or ".") .. "/?.lua;" .. package.path
local common = require("common")

local body
function init()
  common.start()
  common.json()
  local rows = {}
  for number = 1, 1000 do rows[number] = common.new_task() end
  body = "[" .. table.concat(rows, ",") .. "]"
end
function request() return wrk.format("POST", "/rest/v1/tasks", nil, body) end
