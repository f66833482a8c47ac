-- Lets the table of globals answer every name with a function, which hands back what it was called with.
-- never: userdata
setmetatable(_G, {
  __index = function(_, name)
    return function(...)
      local kinds = {name}
      for i = 1, select("#", ...) do
        kinds[#kinds + 1] = type((select(i, ...)))
      end
      return kinds
    end
  end,
  __pairs = function()
    return function() return "solve", print end
  end,
})
