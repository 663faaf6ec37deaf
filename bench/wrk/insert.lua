-- One row inserted, durably, nothing given back.
package.path = (os.getenv("SCRIPTS") or ".") .. "/?.lua;" .. package.path
local common = require("common")

function init()
  common.start()
  common.json()
end
function request() return wrk.format("POST", "/rest/v1/tasks", nil, common.new_task()) end
