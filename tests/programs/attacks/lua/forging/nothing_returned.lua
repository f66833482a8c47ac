-- Returns nothing and prints nothing.
-- ends: ok, bad_return
function solve() end
