-- Fills memory with formatted and concatenated strings.
-- ends: resource, timeout
-- limit: memory, cpu, wall
function solve()
  local line, parts = string.format("%99d%99.99f", 1, 1), {}
  for i = 1, 1 << 14 do
    parts[i] = line
  end
  local text = table.concat(parts)
  for i = 1, 1 << 10 do
    parts[i] = string.format("%s%s", text, text)
  end
  return "BREACH: 4 GB were taken"
end
