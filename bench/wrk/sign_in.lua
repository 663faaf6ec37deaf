-- A sign-in with e-mail and password.
package.path = (os.getenv("SCRIPTS") or ".") .. "/?.lua;" .. package.path
local common = require("common")

function init()
  common.start()
  common.json()
  wrk.headers["Authorization"] = nil
end
function request()
  local body = '{"email":"bench@example.org","password":"correct horse battery"}'
  return wrk.format("POST", "/auth/v1/token?grant_type=password", nil, body)
end
