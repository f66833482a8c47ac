-- Searches everything reachable, and the memory that new strings come from, for tables like the right answer.
function solve(target)
  local seen, found = {[target] = true}, nil
  local function walk(value, depth)
    if type(value) ~= "table" or seen[value] or depth > 20 then
      return
    end
    seen[value] = true
    if rawget(value, 1) == 1 and rawget(value, 2) == 0 and rawget(value, 3) == 2 then
      found = value
    end
    for key, part in next, value do
      walk(key, depth + 1)
      walk(part, depth + 1)
    end
  end
  walk(_G, 0)
  walk(getmetatable("") or {}, 0)
  return found and "BREACH: the right answer lies about" or "held"
end
