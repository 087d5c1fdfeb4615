-- Answers after 5 ms, health checks at once; slower while the lab's fault switch is on, as the sample application.
local function delay(check)
  local file = io.open("/tmp/lab-fault", "r")
  if not file then return 0 end
  local who, millis = string.match(file:read("*l") or "", "^(%a+) (%d+)$")
  file:close()
  if not who or (check and who == "requests") then return 0 end
  return tonumber(millis)
end

local function work(check)
  local waited = 0
  -- Coarse: it goes on for clients that have left, and thousands of them look at the file.
  while waited < delay(check) do
    core.msleep(100)
    waited = waited + 100
  end
  if not check then core.msleep(5) end
end

-- A line for each header that came, and an answer whose headers are as large as was asked for.
local function echo(applet)
  local lines = {}
  for name, values in pairs(applet.headers) do
    for _, value in pairs(values) do
      lines[#lines + 1] = name .. ": " .. value .. "\n"
    end
  end
  local padding = applet.headers["x-padding"]
  if padding then applet:add_header("X-Padding", string.rep("x", tonumber(padding[0]))) end
  return table.concat(lines)
end

core.register_service("work", "http", function(applet)
  applet:receive()
  work(applet.path == "/healthz")
  local answer = applet.path == "/echo" and echo(applet) or "done\n"
  applet:set_status(200)
  applet:add_header("Content-Type", "text/plain")
  applet:add_header("Content-Length", tostring(#answer))
  applet:start_response()
  applet:send(answer)
end)

core.register_action("work_after", { "http-res" }, function() work(false) end)
