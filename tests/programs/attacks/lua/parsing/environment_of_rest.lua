-- Raises errors and returns functions from the text itself, with names that the sandbox may look for.
-- ends: ok, entry_point, runtime_error
-- never: [[1, 0, 2]]
local solve <close> = setmetatable({}, {__close = function() error("closed") end})
local run, encode, arguments, before, source = nil, nil, nil, nil, nil
return {solve = 7, run = run}
