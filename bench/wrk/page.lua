-- A page of 20, filtered and ordered.
package.path = (os.getenv("SCRIPTS") or ".") .. "/?.lua;" .. package.path
local common = require("common")

init = common.start
function request() return wrk.format("GET", common.page) end
