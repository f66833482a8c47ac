-- Returns all characters from NUL to DEL: they arrive as they are.
-- ends: ok
-- value: "\u0000\u0001\u0008\t\n\u000b\f\r\u001b\u001f !\"#\\/\u007f"
function solve()
  return "\0\1\8\t\n\v\f\r\27\31 !\"#\\/\127"
end
