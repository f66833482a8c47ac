-- Loads functions with more local variables, upvalues, arguments, labels and constants than are allowed.
-- ends: ok
-- value: "held"
function solve()
  local locals, uses, names = {}, {}, {}
  for i = 1, 300 do
    locals[i] = "local a" .. i .. " = 1"
    uses[i] = "a" .. i
    names[i] = "n" .. i
  end
  local constants = {}
  for i = 1, 20000 do
    constants[i] = i + 0.5
  end
  local texts = {
    table.concat(locals, "\n"),
    table.concat(locals, "\n", 1, 190) .. " return function() return " .. table.concat(uses, "+", 1, 190) .. " end",
    "return function(" .. table.concat(names, ",") .. ") end",
    "return {" .. table.concat(constants, ",") .. "}",
    "return f(" .. table.concat(constants, ",", 1, 300) .. ")",
    "goto n1 ::" .. table.concat(names, ":: goto n2 ::") .. "::",
    table.concat(names, ",") .. " = " .. table.concat(names, ","),
    "while x do " .. ("x = y.z "):rep(20000) .. " break end",
    "for " .. table.concat(names, ",") .. " in pairs({}) do end",
  }
  for _, text in ipairs(texts) do
    local chunk = load(text)
    if chunk and not text:find("goto") then
      pcall(chunk)
    end
  end
  return "held"
end
