-- Errors of all kinds, caught: texts with positions, tables, nil, levels, assert, handlers with a traceback.
-- value: ["plain", 404, "nil", true, "no file", true, "handled: oops", true, "number", "assertion failed!"]
local function check(x)
  if type(x) ~= "number" then
    error("a number was expected", 2)
  end
end

function solve(n)
  local _, plain = pcall(error, "plain", 0)
  local _, object = pcall(error, {code = 404})
  local _, none = pcall(error)
  local _, positioned = pcall(function() check("x") end)
  local _, asserted = pcall(assert, nil, "no file")
  local _, indexed = pcall(function() local t = nil; return t.x end)
  local _, handled = xpcall(function() error("oops", 0) end, function(m) return "handled: " .. m end)
  local _, traced = xpcall(function() error("deep") end, debug.traceback)
  local _, number = pcall(error, n)
  local _, failed = pcall(assert, false)
  return {
    plain, object.code, type(none), positioned:find(":%d+: a number was expected$") ~= nil, asserted,
    indexed:find("attempt to index a nil value") ~= nil, handled, type(traced) == "string" and traced:find("deep") ~= nil,
    type(number), failed,
  }
end
