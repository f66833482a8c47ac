-- Asks for files and variables that might be there, and goes on without them.
-- value: ["nil", true, "default", "nil", false]
function solve()
  local file, message = io.open("settings.txt", "r")
  local level = os.getenv("LOG_LEVEL") or "default"
  local removed = os.remove("old.txt")
  return {type(file), type(message) == "string", level, tostring(os.getenv("HOME")), removed and true or false}
end
