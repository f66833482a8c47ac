-- Replaces every function and library by one that raises an error, and then returns a value.
-- ends: ok
-- value: [[1, 2], {"a": "b"}]
local raise = error

local function broken()
  raise("a patched function was called")
end

function solve()
  local next, type, rawset = next, type, rawset
  for _, library in next, {string, table, math, utf8, coroutine, os, io, io.stdout, package, package.loaded, _G} do
    for name, value in next, library do
      if type(value) == "function" then
        rawset(library, name, broken)
      end
    end
  end
  return {{1, 2}, {a = "b"}}
end
