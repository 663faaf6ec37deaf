-- One row by its key.
package.path = (os.getenv("SCRIPTS") or ".") .. "/?.lua;" .. package.path
local common = require("common")

init = common.start
function request() return wrk.format("GET", common.row()) end
