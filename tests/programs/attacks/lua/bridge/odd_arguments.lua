-- Calls every function with odd arguments: huge and negative numbers, liars, nothing at all.
-- ends: ok
-- value: "held"
local liar = setmetatable({}, {
  __index = function() return 1 end, __len = function() return math.maxinteger end, __name = ("n"):rep(5000),
  __tostring = function() return "" end, __lt = function() return true end, __le = function() return true end,
  __concat = function() return "" end, __call = function() end, __unm = function() return 0 end,
})
local odd = {math.maxinteger, math.mininteger, 0 / 0, 1 / 0, -1, 2 ^ 53, "", "%", "[", "\0", false, liar, print}
local SLOW = {rep = true, concat = true, move = true, insert = true, remove = true, unpack = true, sort = true}
local SPARED = {solve = true, print = true, write = true, warn = true, error = true, assert = true, yield = true}

function solve()
  for library_name, library in pairs({string = string, table = table, math = math, utf8 = utf8, os = os, coroutine = coroutine}) do
    for name, call in pairs(library) do
      if type(call) == "function" and not SPARED[name] and not SLOW[name] then
        pcall(call)
        for _, first in ipairs(odd) do
          pcall(call, first)
          for _, second in ipairs(odd) do
            pcall(call, first, second)
            pcall(call, "abc", first, second)
            pcall(call, {1, 2}, first, second)
          end
        end
      end
    end
  end
  return "held"
end
