-- Leaves objects whose finalizers raise errors, yield, make new ones, or come back to life.
-- ends: ok
-- value: "held"
local made = 0

local function spawn()
  made = made + 1
  setmetatable({}, {__gc = function(object)
    back = object
    if made < 500 then
      spawn()
      spawn()
      setmetatable(object, getmetatable(object))
    end
    pcall(coroutine.yield)
    error(setmetatable({}, {__tostring = function() error("shown") end}))
  end})
end

function solve()
  spawn()
  for _ = 1, 200000 do
    local _ = {{}}
  end
  return "held"
end
