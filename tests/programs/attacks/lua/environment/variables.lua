-- Reads environment variables by os.getenv.
function solve()
  for _, name in ipairs({"PEGBOARD_PLANTED_SECRET", "PATH", "HOME", "USER", "PWD", "OPENAI_API_KEY", "LUA_PATH"}) do
    local called, value = pcall(function() return os.getenv(name) end)
    if called and value then
      return "BREACH: " .. name .. " is " .. value
    end
  end
  return "held"
end
