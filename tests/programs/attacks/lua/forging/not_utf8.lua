-- Returns strings that are no UTF-8: stray bytes, surrogates, characters that are written too long, or do not exist.
-- ends: ok, bad_return
function solve()
  return {"\xff", "\x80abc", "\xed\xa0\x80", "\xc0\xaf", "\xf8\x88\x80\x80\x80", "\u{7FFFFFFF}", "abc\xe2\x82", {["\xff"] = 1}}
end
