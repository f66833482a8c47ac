-- Loads text with environments of its own, and looks for what a program's own globals lack.
function solve()
  local gone = {"python", "ffi", "jit", "newproxy", "module"}
  for _, name in ipairs(gone) do
    local chunk = load("return " .. name)
    if chunk and chunk() ~= nil then
      return "BREACH: " .. name .. " is there"
    end
    chunk = load("local _ENV = ... return " .. name, "=x", "t", nil)
    if chunk and chunk(_G) ~= nil then
      return "BREACH: " .. name .. " is there"
    end
  end
  local chunk = load("return _ENV", "=x", "t", nil)
  local environment = chunk and chunk()
  if environment ~= nil and environment ~= _G then
    return "BREACH: another table of globals was found"
  end
  local outer = load("local function up() return _ENV end return up()")()
  return outer == _G and "held" or "BREACH: load gives another table of globals"
end
