-- Leaves finalizers that would run when the interpreter closes, after the answer was given.
-- never: printed late
-- ends: ok
-- value: "held"
for _ = 1, 100 do
  setmetatable({}, {__gc = function()
    if answered then
      print("printed late")
      io.write("printed late")
    end
  end})
end
keep = setmetatable({}, {__gc = function() print("printed late") end})

function solve()
  answered = true
  return "held"
end
