-- Values of all shapes: lists, maps, lists in maps, texts, booleans, numbers.
-- value: {"list": [1, [2, [3]]], "map": {"a": 1, "b": {"c": true}}, "text": "é\"\\\n", "no": false, "half": 0.5, "big": 9007199254740993, "packed": [1, 2]}
function solve()
  return {
    list = {1, {2, {3}}}, map = {a = 1, b = {c = true}}, text = 'é"\\\n', no = false, half = 0.5, big = 9007199254740993,
    packed = table.pack(1, 2),
  }
end
