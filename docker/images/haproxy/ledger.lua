-- POST writes an order, once for an Idempotency-Key unless Lab-Forgetful is there; GET reads all, DELETE begins anew.
local rows, seen = {}, {}

local function header(applet, name)
  local values = applet.headers[name]
  return values and values[0] or ""
end

local function write(applet)
  local key, body = header(applet, "idempotency-key"), applet:receive()
  if seen[key] and header(applet, "lab-forgetful") == "" then return end
  seen[key] = true
  rows[#rows + 1] = key .. "\t" .. body
end

core.register_service("ledger", "http", function(applet)
  local answer = ""
  if applet.method == "POST" then
    write(applet)
  elseif applet.method == "DELETE" then
    rows, seen = {}, {}
  else
    answer = table.concat(rows, "\n")
  end
  applet:set_status(200)
  applet:add_header("Content-Type", "text/plain")
  applet:add_header("Content-Length", tostring(#answer))
  applet:start_response()
  if #answer > 0 then applet:send(answer) end
end)
