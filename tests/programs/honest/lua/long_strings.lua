-- Strings of 30 MB, repeated, joined and searched.
-- value: [31457280, 31457281, 1000000]
-- seconds: 2
function solve()
  local text = ("x"):rep(30 << 20)
  local parts = {}
  for i = 1, 100000 do
    parts[i] = ("y"):rep(10)
  end
  return {#text, (text .. "z"):find("z", 1, true), #table.concat(parts)}
end
