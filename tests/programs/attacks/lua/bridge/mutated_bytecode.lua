-- Loads bytecode with one byte after another changed, and runs what comes of it.
local BYTECODE =
  "\027\076\117\097\084\000\025\147\013\010\026\010\004\008\008\120\086\000\000\000\000\000\000\000\000\000\000\000"
  .. "\040\119\064\001\128\128\128\000\001\002\136\081\000\000\000\011\000\000\000\131\128\000\000\068\000\002\002\021"
  .. "\000\000\169\047\128\169\006\070\000\002\001\070\000\001\001\130\004\135\115\101\108\101\099\116\004\130\035\129"
  .. "\001\000\000\128\128\128\128\128"

function solve()
  local loaded = 0
  for at = 1, #BYTECODE do
    for _, change in ipairs({1, 127, 128, 255}) do
      local byte = (BYTECODE:byte(at) + change) % 256
      local called, chunk = pcall(load, BYTECODE:sub(1, at - 1) .. string.char(byte) .. BYTECODE:sub(at + 1), "x", "b")
      if called and type(chunk) == "function" then
        loaded = loaded + 1
        pcall(chunk)
      end
    end
  end
  return loaded > 0 and "BREACH: " .. loaded .. " mutations are loaded" or "held"
end
