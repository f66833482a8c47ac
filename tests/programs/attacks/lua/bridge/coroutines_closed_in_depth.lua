-- Closes a coroutine whose closing closes the next, thousands deep: this once overflowed the C stack.
-- ends: ok, runtime_error, resource
local function chain(depth)
  local previous
  for _ = 1, depth do
    local inner = previous
    local new = coroutine.create(function()
      local _ <close> = setmetatable({}, {__close = function()
        if inner then
          coroutine.close(inner)
        end
      end})
      coroutine.yield()
    end)
    coroutine.resume(new)
    previous = new
  end
  return previous
end

function solve()
  pcall(coroutine.close, chain(20000))
  return "held"
end
