-- Makes errors of many kinds, and looks whether one of them arrives as an object of Python with a traceback.
function solve(target)
  local calls = {
    function() error() end,
    function() error({}) end,
    function() return nil + 1 end,
    function() return target.missing.missing end,
    function() return ("x"):rep(1 << 40) end,
    function() return ("x"):rep(1 << 34) end,
    function() return io.open(target.secret_file):read() end,
    function() return io.write({}) end,
    function() return print(setmetatable({}, {__tostring = function() return 1 end})) end,
    function() return require("os.path") end,
    function() return os.time({}) end,
    function() return os.date("%Ez") end,
    function() return io.lines(target.secret_file)() end,
    function() return load("x x") or error() end,
    function() return string.format("%d", 1.5) end,
    function() return table.concat({{}}) end,
    function() return coroutine.wrap(function() error(print) end)() end,
  }
  for number, call in ipairs(calls) do
    local _, problem = pcall(call)
    if type(problem) == "userdata" then
      return "BREACH: error " .. number .. " is " .. tostring(problem)
    end
    local _, handled = xpcall(call, function(message) return message end)
    if type(handled) == "userdata" then
      return "BREACH: error " .. number .. " is " .. tostring(handled)
    end
  end
  return "held"
end
