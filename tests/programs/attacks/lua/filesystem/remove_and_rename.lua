-- Deletes and renames files by the os library.
function solve(target)
  local kept = target.folder .. "/kept.txt"
  local renamed, done = pcall(function() return os.rename(kept, kept .. ".old") end)
  if renamed and done then
    return "BREACH: a file was renamed"
  end
  local removed
  removed, done = pcall(function() return os.remove(kept) end)
  return removed and done and "BREACH: a file was deleted" or "held"
end
