-- Loads bytecode through a reader function that hands it over byte by byte, or behind a first line of its own.
local BYTECODE =
  "\027\076\117\097\084\000\025\147\013\010\026\010\004\008\008\120\086\000\000\000\000\000\000\000\000\000\000\000"
  .. "\040\119\064\001\128\128\128\000\001\002\136\081\000\000\000\011\000\000\000\131\128\000\000\068\000\002\002\021"
  .. "\000\000\169\047\128\169\006\070\000\002\001\070\000\001\001\130\004\135\115\101\108\101\099\116\004\130\035\129"
  .. "\001\000\000\128\128\128\128\128"

local function reader(text)
  local at = 0
  return function()
    at = at + 1
    return at <= #text and text:sub(at, at) or nil
  end
end

function solve()
  for _, start in ipairs({"", "#!/usr/bin/lua\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF#\n", " "}) do
    for _, mode in ipairs({"b", "bt"}) do
      local called, chunk = pcall(load, reader(start .. BYTECODE), "=pieces", mode)
      if called and type(chunk) == "function" then
        return "BREACH: bytecode is loaded by pieces"
      end
      called, chunk = pcall(load, start .. BYTECODE, "=whole", mode)
      if called and type(chunk) == "function" then
        return "BREACH: bytecode is loaded"
      end
    end
  end
  return "held"
end
