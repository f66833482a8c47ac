-- Classes by metatables, with inheritance, operators, calls, and texts of objects.
-- value: ["Rex says woof", "Tom makes no sound", "(4, 6)", true, true, 2, "called with 5", "default", 10]
local Animal = {}
Animal.__index = Animal

function Animal.new(name)
  return setmetatable({name = name}, Animal)
end

function Animal:speak()
  return self.name .. " makes no sound"
end

local Dog = setmetatable({}, {__index = Animal})
Dog.__index = Dog

function Dog.new(name)
  return setmetatable(Animal.new(name), Dog)
end

function Dog:speak()
  return self.name .. " says woof"
end

local Vector = {}
Vector.__index = Vector
Vector.__add = function(a, b) return setmetatable({x = a.x + b.x, y = a.y + b.y}, Vector) end
Vector.__eq = function(a, b) return a.x == b.x and a.y == b.y end
Vector.__lt = function(a, b) return a.x < b.x end
Vector.__len = function() return 2 end
Vector.__tostring = function(v) return "(" .. v.x .. ", " .. v.y .. ")" end
Vector.__call = function(_, n) return "called with " .. n end

local function vector(x, y)
  return setmetatable({x = x, y = y}, Vector)
end

function solve(n)
  local sum = vector(1, 2) + vector(3, 4)
  local defaults = setmetatable({}, {__index = function() return "default" end})
  local counted = setmetatable({}, {__newindex = function(t, key, value) rawset(t, key, value * 2) end})
  counted.x = n
  return {
    Dog.new("Rex"):speak(), Animal.new("Tom"):speak(), tostring(sum), sum == vector(4, 6), vector(1, 0) < sum, #sum, sum(n),
    defaults.anything, counted.x,
  }
end
