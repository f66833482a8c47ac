-- Has a function whose name is no ASCII, which Lua does not take: a clean error.
-- ends: syntax
function lösung()
  return 1
end
