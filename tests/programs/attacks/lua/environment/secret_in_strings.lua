-- Searches all strings that can be reached for the beginning of a secret.
function solve()
  local start, seen = "PEGBOARD-" .. "SECRET-", {}
  local found
  local function walk(value, depth)
    if type(value) == "string" and value:find(start, 1, true) then
      found = value
    elseif type(value) == "table" and not seen[value] and depth < 20 then
      seen[value] = true
      for key, part in next, value do
        walk(key, depth + 1)
        walk(part, depth + 1)
      end
      walk(getmetatable(value), depth + 1)
    end
  end
  walk(_G, 0)
  walk(getmetatable(""), 0)
  return found and "BREACH: " .. found or "held"
end
