-- Resumes and closes coroutines that are dead, running, waiting for others, or the main one.
-- ends: ok
-- value: "held"
function solve()
  local main = coroutine.running()
  local inner
  inner = coroutine.create(function()
    coroutine.resume(inner)
    coroutine.resume(main)
    pcall(coroutine.close, inner)
    pcall(coroutine.close, main)
    local other = coroutine.create(function()
      pcall(coroutine.close, inner)
      coroutine.resume(inner)
      error(inner)
    end)
    coroutine.resume(other)
    coroutine.resume(other)
    coroutine.close(other)
    coroutine.close(other)
    coroutine.yield(other)
  end)
  coroutine.resume(inner)
  pcall(coroutine.close, main)
  coroutine.close(inner)
  coroutine.resume(inner)
  local looped
  looped = coroutine.wrap(function() looped() end)
  pcall(looped)
  pcall(looped)
  return "held"
end
