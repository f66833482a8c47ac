-- Formats, packs and dates with every directive, and widths out of all measure.
-- ends: ok
-- value: "held"
function solve(target)
  for code = 0, 255 do
    local letter = string.char(code)
    for _, flags in ipairs({"", "99", "099", "-99.99", "+#0 ", "99.9", "100", "9999999999", ".999"}) do
      for _, value in ipairs({1, -1.5, "text", 1 / 0, target}) do
        pcall(string.format, "%" .. flags .. letter, value)
      end
    end
    pcall(os.date, "%" .. letter)
    pcall(os.date, "%E" .. letter, -1)
    pcall(os.date, "!%O" .. letter, 1 << 55)
    for _, size in ipairs({"", "1", "16", "17", "9999999999"}) do
      pcall(string.pack, "!" .. letter .. size, 1)
      pcall(string.unpack, letter .. size, "12345678", -8)
      pcall(string.packsize, ("c9999999"):rep(300) .. letter .. size)
    end
  end
  return "held"
end
