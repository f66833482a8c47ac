-- Loads and runs expressions of ten thousand operators in a row.
-- ends: ok
-- value: "held"
function solve()
  for _, operator in ipairs({"+", "..", "^", "and", "or", "==", "<", "//", "|"}) do
    local chunk = load("return 1" .. (" " .. operator .. " 1"):rep(10000))
    if chunk then
      pcall(chunk)
    end
  end
  for _, text in ipairs({"x.y", "x:y()", "x()", "x''", "x{}", "x[1]"}) do
    local chunk = load("local x = {} return x" .. text:sub(2):rep(10000))
    if chunk then
      pcall(chunk)
    end
  end
  return "held"
end
