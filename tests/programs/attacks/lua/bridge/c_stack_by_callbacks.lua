-- Recurses through C functions that call back, in every way there is, until an error; a crash is not right.
-- ends: ok
-- value: "held"
local ways = {}

ways.gsub = function(go) string.gsub("a", "a", function() go() end) end
ways.sort = function(go) table.sort({1, 2, 3}, function() go() return false end) end
ways.pcall = function(go) assert(pcall(go)) end
ways.xpcall = function(go) assert(xpcall(go, function(m) return m end)) end
ways.load = function(go) load(function() go() end) end
ways.tostring = function(go) tostring(setmetatable({}, {__tostring = function() go() return "" end})) end
ways.index = function(go) return setmetatable({}, {__index = function() go() end}).x end
ways.concat = function(go)
  table.concat(setmetatable({}, {__index = function() go() return "" end, __len = function() return 1 end}))
end
ways.unpack = function(go) table.unpack(setmetatable({}, {__index = function() go() end}), 1, 1) end
ways.len = function(go) return #setmetatable({}, {__len = function() go() return 0 end}) end
ways.call = function(go) setmetatable({}, {__call = function() go() end})() end
ways.equal = function(go)
  local meta = {__eq = function() go() return true end}
  return setmetatable({}, meta) == setmetatable({}, meta)
end
ways.pairs = function(go) pairs(setmetatable({}, {__pairs = function() go() end})) end
ways.close = function(go) local _ <close> = setmetatable({}, {__close = function() go() end}) end
ways.coroutine = function(go) assert(coroutine.resume(coroutine.create(go))) end

function solve()
  for name, way in pairs(ways) do
    local depth = 0
    local function go()
      depth = depth + 1
      if depth < 1000000 then
        way(go)
      end
    end
    local ended, problem = pcall(go)
    if not ended and not tostring(problem):find("overflow") and not tostring(problem):find("memory") then
      return name .. ": " .. tostring(problem)
    end
  end
  return "held"
end
