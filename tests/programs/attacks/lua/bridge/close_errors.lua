-- Leaves scopes whose variables raise errors, yield or leave further scopes while they are closed.
-- ends: ok
-- value: "held"
local function closing(act)
  return setmetatable({}, {__close = act})
end

local function deep(depth)
  local _ <close> = closing(function() error({depth}) end)
  if depth > 0 then
    deep(depth - 1)
  end
end

function solve()
  pcall(deep, 150)
  pcall(function()
    for _ = 1, 100 do
      local _ <close> = closing(function() error("again") end)
    end
  end)
  local routine = coroutine.wrap(function()
    local _ <close> = closing(function() coroutine.yield(1) end)
    local _ <close> = closing(function() coroutine.yield(2) error("late") end)
    error("first")
  end)
  for _ = 1, 5 do
    pcall(routine)
  end
  for _ in next, {1}, nil, closing(function() pcall(error) end) do
    break
  end
  return "held"
end
