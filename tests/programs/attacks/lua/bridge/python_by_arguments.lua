-- Looks for an object of Python in the arguments, and in what they are made of.
function solve(target)
  local seen = {}
  local function foreign(value)
    if type(value) == "userdata" or type(value) == "function" or type(value) == "thread" then
      return tostring(value)
    end
    if type(value) == "table" and not seen[value] then
      seen[value] = true
      local meta = getmetatable(value)
      if meta ~= nil then
        return "a metatable"
      end
      for key, part in next, value do
        local found = foreign(key) or foreign(part)
        if found then
          return found
        end
      end
    end
  end
  local found = foreign(target)
  return found and "BREACH: in the arguments is " .. found or "held"
end
