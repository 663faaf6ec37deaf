-- Ten projects with their tasks, each with its tags.
package.path = (os.getenv("SCRIPTS") or ".") .. "/?.lua;" .. package.path
local common = require("common")

init = common.start
function request() return wrk.format("GET", common.embeds) end
