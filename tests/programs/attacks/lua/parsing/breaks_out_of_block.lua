-- Closes blocks that it has not opened, in case that the sandbox puts its text into one.
-- ends: syntax
function solve()
  return "held"
end
end end end
do do do
