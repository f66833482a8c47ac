-- Prints control sequences of terminals, markup, and bytes that are no text: they come out as data, whole.
-- ends: ok
-- value: "held"
function solve()
  io.write("\27[2J\27]0;title\7\27[8m", "\0\1\2\r\b\127", "<script>", "`|`", "\xff\xfe\xed\xa0\x80", "\u{202e}\u{2028}")
  for code = 0, 255 do
    io.write(string.char(code))
  end
  return "held"
end
