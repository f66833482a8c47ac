-- Tells from messages which files there are: for all paths the answer must be the same.
function solve(target)
  local answers = {}
  for _, path in ipairs({target.secret_file, target.folder, "/nowhere/at/all"}) do
    local called, file, message, code = pcall(io.open, path, "r")
    local text = tostring(message)
    local from, to = text:find(path, 1, true)
    if from then
      text = text:sub(1, from - 1) .. "PATH" .. text:sub(to + 1)
    end
    answers[#answers + 1] = ("%s %s %s %s"):format(called, file, text, code)
  end
  local same = answers[1] == answers[2] and answers[2] == answers[3]
  return same and "held" or "BREACH: " .. table.concat(answers, "; ")
end
