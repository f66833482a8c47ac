-- Texts that are not ASCII: printed, counted, taken apart, put together and returned.
-- value: [6, 7, "größer", [103, 114, 246], "→ 日本", 3, true]
function solve()
  local text = "größer"
  local codes = {}
  for _, code in utf8.codes("grö") do
    codes[#codes + 1] = code
  end
  print(text)
  return {utf8.len(text), #("größe"), text, codes, utf8.char(0x2192, 32, 0x65e5, 0x672c), utf8.offset(text, 3), text:match(utf8.charpattern) == "g"}
end
