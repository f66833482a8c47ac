-- Loads a precompiled chunk of Lua 5.4: bytecode is never checked, so that it reaches any memory.
local BYTECODE =
  "\027\076\117\097\084\000\025\147\013\010\026\010\004\008\008\120\086\000\000\000\000\000\000\000\000\000\000\000"
  .. "\040\119\064\001\128\128\128\000\001\002\136\081\000\000\000\011\000\000\000\131\128\000\000\068\000\002\002\021"
  .. "\000\000\169\047\128\169\006\070\000\002\001\070\000\001\001\130\004\135\115\101\108\101\099\116\004\130\035\129"
  .. "\001\000\000\128\128\128\128\128"

function solve()
  for _, loading in pairs({load, loadstring}) do
    for _, mode in ipairs({"b", "bt", "tb", "bb", "", "binary"}) do
      local called, chunk = pcall(loading, BYTECODE, "bytecode", mode)
      if called and type(chunk) == "function" then
        return "BREACH: bytecode is loaded with mode '" .. mode .. "'"
      end
    end
    local called, chunk = pcall(loading, BYTECODE)
    if called and type(chunk) == "function" then
      return "BREACH: bytecode is loaded without a mode"
    end
  end
  return "held"
end
