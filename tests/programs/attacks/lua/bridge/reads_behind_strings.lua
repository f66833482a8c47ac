-- Reads before and behind strings with unpack, byte, sub and codepoint: nothing but their own bytes may come.
function solve()
  local text = "abc"
  local whole = {math.mininteger, -(1 << 31), -100, -4, 0, 4, 100, 1 << 31, math.maxinteger - 3, math.maxinteger}
  for _, from in ipairs(whole) do
    for _, to in ipairs(whole) do
      if #text:sub(from, to) > 3 or select("#", text:byte(from, to)) > 3 then
        return "BREACH: bytes behind a string"
      end
      pcall(utf8.codepoint, text, from, to)
      pcall(utf8.len, text, from, to)
      pcall(utf8.offset, text, from, to)
    end
    for _, form in ipairs({"i8", "s8", "z", "c4", "s1", "i16", "!8i8", "x", "Xi8"}) do
      local read, value = pcall(string.unpack, form, text, from)
      if read and type(value) == "string" and #value > 3 then
        return "BREACH: bytes behind a string"
      end
    end
  end
  return "held"
end
