"""What models say instead of moves: that there are too many, that it goes on like this, that it cannot be done."""

from __future__ import annotations

import re

_DOTS = r"(?:\.\.\.|…|⋯|⋮|\\[lc]?dots\b|\. \. \.)"
_LEFT_OUT = (
    r"\band so on\b|\betc\b|\bpattern continues\b|\bcontinu(?:e|es|ing) (?:this|the|with the|in the|until|like|as)\b"
    r"|(?<!no )\b(?:remaining|rest of the|rest of|more|other|further) (?:\d[\d,]* )?moves\b"
    r"|\bmoves? (?:are |is )?(?:omitted|skipped|truncated|abbreviated)\b|(?<!was )(?<!were )(?<!is )\bomitted\b"
    r"|\btruncated for\b|\bfor brevity\b|\bshowing (?:only )?(?:the )?first\b|以此类推|依此类推"
)
_OMISSION = re.compile(rf"{_DOTS}|{_LEFT_OUT}", re.IGNORECASE)

_DECLINED = re.compile(
    r"\btoo (?:many|long|large|lengthy)\b|\b(?:impractical|infeasible|unfeasible|not (?:practical|feasible))\b"
    r"|\b(?:cannot|can't|won't|will not|unable to|not able to|impossible to|not possible to)\s{1,9}(?:\w+\s{1,9}){0,3}?"
    r"(?:list|write|show|display|provide|output|print|enumerate|include|fit|generate)\b"
    r"|\blet me know if you(?:'d| would) like\b|\bexceeds? (?:the|my)\b|\bfor brevity\b|\band so on\b"
    r"|\bpattern continues\b|\bcontinue (?:this|the) pattern\b|\boutput limit|\bin one reply\b|\btoken limit\b",
    re.IGNORECASE,
)

_STOPPED = re.compile(
    rf"^[ \t#/|<(\[*_-]*{_DOTS}|{_LEFT_OUT}|\b(?:unable|not able|cannot|can't) (?:to )?"
    r"(?:fit|write|output|list|include|provide|display|continue)\b"
    r"|\bonly able to output\b|\btoo (?:long|large|many) to\b|\blet me know if you(?:'d| would) like\b"
    r"|\bif you(?:'d| would) like me to continue\b|\bcan continue (?:from|generating|outputting)\b"
    r"|\bpartial (?:list|sequence|answer|solution)\b|\b(?:only|just) the (?:first|beginning)\b"
    r"|\bthe first [\d,]+ moves\b|\boutput (?:length )?limit|\btruncated\b"
    r"|\bdue to (?:the )?(?:space|length|token|output|character)\b",
    re.IGNORECASE | re.MULTILINE,
)

_ELLIPSIS = re.compile(
    rf"[\s#/|<(\[*_\"'-]*{_DOTS}|.*\b(?:omitted|skipped)\b"
    r"|[\s#/*\[(-]*(?:the )?(?:rest|remaining|\d[\d,]* (?:more|further))\b.*moves",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"\bcontinu(?:e|es|ed|ing|ation)\b|\bnext (?:set|part|batch|moves)\b|(?:\b|_)(?:part|phase|stage)[ _]?\d"
    r"|\bmoves \(?\d+\s?[-–]\s?\d+\)?",  # noqa: RUF001
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\b(?:wait|wrong|mistakes?|correct(?:ed|ion)|instead|revised|error|actually|final answer)\b", re.IGNORECASE
)
_RETRACTS = re.compile(
    r"\b(?:(?:that|this|it|the above|my (?:first )?(?:answer|list))(?: is|'s| was)|no,?(?: that(?:'s| is))?)"
    r" (?:wrong|incorrect|not (?:right|correct)|invalid)\b|\bcorrect(?:ed|ion)\b|\brevised\b|\bfinal answer\b"
    r"|\blet me (?:redo|correct|fix)\b",
    re.IGNORECASE,
)
_SOME = r"(?:\d[\d,]*|few|couple(?: of)?|two|three|four|five|six|seven|eight|nine|ten|several)"
_EXCERPT = re.compile(
    rf"(?:\b(?:first|initial)\s{{1,9}}(?:{_SOME}\s{{1,9}})?(?:moves?|rows?|lines|steps|of the)\b"
    rf"|\b(?:last|final|next)\s{{1,9}}{_SOME}\s{{1,9}}(?:moves?|rows?|lines|steps)\b"
    r"|\b(?:last|final|middle) move\b|\bfor example\b|\be\.g\.)(?!\s{1,9}(?:list|sequence))[^\n.]{0,60}\Z",
    re.IGNORECASE,
)

_IMPOSSIBLE = re.compile(
    r"\b(?:no|not any|neither)\s{1,9}(?!shorter|other|better|faster|simpler|further|more|optimal|unique)"
    r"(?:\w+\s{1,9}){0,2}?solutions?\b|\bsolution (?:does not|doesn't|cannot) exist\b"
    r"|\b(?:unsolvable|not solvable|infeasible)\b|\b(?:cannot|can't|can not) be (?:solved|done|completed)\b"
    r"|\b(?:(?:puzzle|problem|task|instance|crossing|it|this) (?:is|has been proven)|it's) (?:provably )?impossible\b"
    r"|\bimpossible to (?:solve|bring|transport|move) (?:it|this|the puzzle|everybody|everyone|all)\b"
    r"|\bno (?:way|(?:legal )?sequence of (?:legal )?(?:moves|crossings))\b"
    r"|\bcannot (?:all )?(?:be )?(?:cross|crossed)\b"
    r"|\bnot possible to (?:get|bring|move|solve)\b|\bnever (?:all )?(?:get|cross)\b"
    r"|\A\W*(?:(?:the )?(?:final )?answer(?: is)?\W{1,9})?impossible\W*\Z"
    r"|无解|keine Lösung|pas de solution|aucune solution|no hay solución|sin solución",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:fewer|less|shorter|than|direct|only|false|myth|claim(?:s|ed)?|if|whether|unless|not sure|unsure|perhaps"
    r"|maybe|might|at first|seems?|looks?|appears?|within|limits?|write|written|list(?:ed|ing)?|print(?:ed)?"
    r"|enumerate|provide|show|display|complete|include|fit|output|tokens?|were|would|found)\b|\?\s*\Z",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?;\n]*+(?:[.!?;](?!\s)[^.!?;\n]*+)*+[.!?;]?")
_TURNS = re.compile(r"\b(?:but|however)\b[^.!?\n]{0,80}\b(?:here is|there is|solution|works?|solved?)\b", re.IGNORECASE)

_STATED = re.compile(
    r"^(?:[ \t>*`\"'{(\[$-]|\\boxed|\b(?:final )?answer:?|\blocal\b){0,20}\bmoves?\b[\"'`*}]{0,4}[ \t]{0,4}[:=]"
    r"[ \t\"'`*\[{]{0,8}impossible\b[\"'`*\])}$.! \t]{0,8}"
    r"(?:(?:\(|because\b|since\b|as\b|[-–—,:])[^\n]{0,400})?$"  # noqa: RUF001
    r"|^[ \t$>*\[\\]{0,8}boxed\{[a-z{ =]{0,20}impossible\b",
    re.IGNORECASE | re.MULTILINE,
)


_ON_CONDITION = re.compile(
    r"\b(?:if|in case|should|when)\b (?:there (?:is|was|were|are|be)(?:n't| not| no)\b|no\b|not\b"
    r"|it (?:is|were) (?:not|im|un)|the puzzle (?:is (?:im|un)|has no)"
    r"|(?:the )?(?:moves|solution|result|path)\b[^\n]{0,20}(?:==|\bis\b|\bare\b|\bwas\b))|^\s*else\b|\bwere no\b",
    re.IGNORECASE,
)
"""In the line above, it makes of the word what a prompt says, or a program: "If there is no solution, it would be:"."""
_FENCE_BEFORE = re.compile(r"[\s`]*(?:```\w*)?\s*\Z")


def stated_impossible(text: str) -> re.Match[str] | None:
    """The last line that says ``moves = impossible``, as prompts ask for it, and nothing against it."""
    last = None
    for match in _STATED.finditer(text):
        before = _FENCE_BEFORE.sub("", text[max(0, match.start() - 200) : match.start()])
        if _ON_CONDITION.search(before.rpartition("\n")[2]) is None:
            last = match
    return last


def omits(text: str) -> bool:
    """Whether a piece of text between moves stands for moves left out."""
    return _OMISSION.search(text) is not None


def declines(text: str) -> bool:
    """Whether an answer without any list says that it will not write one."""
    return _DECLINED.search(text) is not None


def says_impossible(text: str) -> bool:
    """Whether an answer without any list asserts, in a sentence of its own, that there is no solution."""
    if _TURNS.search(text):
        return False
    sentences = (match.group()[-400:] for match in _SENTENCE.finditer(text))
    return any(_IMPOSSIBLE.search(sentence) and not _HEDGED.search(sentence) for sentence in sentences)


def stops(text: str) -> bool:
    """Whether what follows a list or a table says that it was broken off on purpose."""
    return _STOPPED.search(text) is not None


def is_ellipsis(line: str) -> bool:
    """Whether a line among moves is nothing but a sign that some are left out."""
    return len(line) < 120 and _ELLIPSIS.match(line) is not None


def continues(text: str) -> bool:
    """Whether what stands between two tables says that the second goes on where the first stopped."""
    return _CONTINUES.search(text) is not None and not corrects(text)


def corrects(text: str) -> bool:
    """Whether what stands between two lists says that the second is meant to take the place of the first."""
    return _CORRECTS.search(text) is not None


def retracts(text: str) -> bool:
    """Whether what follows a list takes it back for another one to come."""
    return _RETRACTS.search(text) is not None


def introduces_excerpt(text: str) -> bool:
    """Whether what stands before a list says that it is only some of the moves: "The last 5 moves are:"."""
    return _EXCERPT.search(text) is not None
