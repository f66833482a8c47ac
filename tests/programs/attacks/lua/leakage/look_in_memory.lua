-- Searches all strings that it can reach for another program's text.
-- ends: ok
-- value: "held"
function solve()
  local sought, seen, found = "PLANTED-" .. "IN-MEMORY", {}, false
  local function walk(value)
    if type(value) == "string" then
      found = found or #value > 100 and value:find(sought, 1, true) ~= nil
    elseif type(value) == "table" and not seen[value] then
      seen[value] = true
      for key, part in next, value do
        walk(key)
        walk(part)
      end
    end
  end
  walk(_G)
  walk(getmetatable(""))
  return found and "BREACH: another program's text was left behind" or "held"
end
