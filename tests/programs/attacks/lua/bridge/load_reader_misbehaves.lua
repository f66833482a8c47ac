-- Calls load with readers that yield, raise errors, return other types, or load again.
-- ends: ok
-- value: "held"
function solve()
  local nested
  nested = function(depth)
    return load(function()
      if depth < 300 then
        nested(depth + 1)
      end
      return nil
    end)
  end
  pcall(nested, 1)
  pcall(load, function() return {} end)
  pcall(load, function() error({}) end)
  pcall(load, function() error(nil) end)
  coroutine.wrap(function()
    pcall(load, function() coroutine.yield("x") end)
  end)()
  local count = 0
  pcall(load, function()
    count = count + 1
    return count < 20000 and "local a = 1 " or nil
  end)
  return "held"
end
