-- Returns a table with keys that are long, empty, or full of what JSON must escape.
-- ends: ok
-- value: {"": 1, "\u0000\n\"\\/": 2, "é\u2028": 3}
function solve()
  return {[""] = 1, ["\0\n\"\\/"] = 2, ["é\u{2028}"] = 3}
end
