-- Makes a huge text and loads it as a program.
-- ends: resource, timeout, runtime_error
function solve()
  local item = 0
  local chunk = load(function()
    item = item + 1
    return item < 1 << 26 and ("'constant %d';"):format(item) or nil
  end)
  return chunk and "BREACH: a text of 1 GB was loaded" or error("not loaded")
end
