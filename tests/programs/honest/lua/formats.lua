-- string.format with the directives that programs use.
-- value: ["    5|5    |00005", "3.14", "0x1F", "100%", "\"a\\\nb\"", "1e+10", "x  |  x", "A", "5.0", "-7", "0.1", "1e+100"]
function solve(n)
  return {
    ("%5d|%-5d|%05d"):format(n, n, n), ("%.2f"):format(math.pi), ("0x%X"):format(31), ("%d%%"):format(100),
    ("%q"):format("a\nb"), ("%g"):format(1e10), ("%-3s|%3s"):format("x", "x"), ("%c"):format(65), tostring(n + 0.0),
    ("%d"):format(-7.0), tostring(0.1), tostring(1e100),
  }
end
