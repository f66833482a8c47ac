-- Replaces the strings' metatable and library, to catch what the sandbox's own code calls with its own values.
-- value: "held"
local caught

local function spy(...)
  for i = 1, select("#", ...) do
    local value = select(i, ...)
    if type(value) == "userdata" then
      caught = tostring(value)
    end
  end
end

function solve()
  for _, library in ipairs({string, table, math, utf8}) do
    for name, old in next, library do
      if type(old) == "function" then
        library[name] = function(...)
          spy(...)
          return old(...)
        end
      end
    end
  end
  getmetatable("").__index = function(text, name)
    spy(text, name)
    return string[name]
  end
  pcall(print, "x", 1, {})
  pcall(io.write, "y")
  pcall(require, "string")
  pcall(load, "return 1")
  return caught and "BREACH: caught " .. caught or "held"
end
