-- Gives load's arguments values that change between a check and its use: numbers, tables that lie, changed metatables.
local BYTECODE =
  "\027\076\117\097\084\000\025\147\013\010\026\010\004\008\008\120\086\000\000\000\000\000\000\000\000\000\000\000"
  .. "\040\119\064\001\128\128\128\000\001\002\136\081\000\000\000\011\000\000\000\131\128\000\000\068\000\002\002\021"
  .. "\000\000\169\047\128\169\006\070\000\002\001\070\000\001\001\130\004\135\115\101\108\101\099\116\004\130\035\129"
  .. "\001\000\000\128\128\128\128\128"

function solve()
  local strings = getmetatable("")
  local old = strings.__index
  strings.__index = function(_, name)
    return name == "byte" and function() return 32 end or old[name]
  end
  strings.__eq = function() return true end
  string.byte = function() return 32 end
  string.sub = function() return " " end
  string.find = function() return nil end
  string.match = function() return nil end
  local liar = setmetatable({}, {
    __tostring = function() return "b" end,
    __index = function() return "b" end,
    __eq = function() return true end,
    __name = "string",
    __call = function() return BYTECODE end,
  })
  for _, arguments in ipairs({
    {BYTECODE, liar, "b"}, {BYTECODE, "=x", liar}, {liar, "=x", "b"}, {BYTECODE, "=x", 11}, {BYTECODE, "=x", "b", liar},
    {BYTECODE, "b", "b", _G, "b"},
  }) do
    local called, chunk = pcall(load, table.unpack(arguments, 1, 5))
    if called and type(chunk) == "function" then
      return "BREACH: bytecode is loaded"
    end
  end
  return "held"
end
