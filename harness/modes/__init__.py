"""The arms: ways of asking about the same instances, so that what they measure can be told apart.

enumerate        list all the moves                                        knowing, planning and executing at once
compact          the same, in the fewest tokens a move                     ... with room to spare
function/...     write a program, which is run                             knowing the algorithm
simulated/...    write a program, and what it would return                 the same representation, the model executes
algorithm        carry out the program that is given                       executing alone
next             the next move, from the middle of a game                  planning one step
chunks/N         N moves at a time, from the true state                    planning without keeping track
solvable         is there any solution                                     judging impossibility
reply/...        the words in which the first reply asked for a program    where the task has them
"""

from __future__ import annotations

import re
from functools import partial

from harness.errors import UnknownName
from harness.modes.claims import claimed, tell_claim
from harness.modes.listed import (
    as_json,
    as_rows,
    listed,
    listed_after_program,
    listed_in_rows,
    one_move,
    tell_first,
    tell_list,
    tell_rows,
)
from harness.modes.mode import Answer, Mode
from harness.modes.next_move import one_step
from harness.modes.programs import (
    any_goal,
    programmed,
    programmed_freely,
    tell_program,
    tell_program_and_list,
)
from harness.modes.turns import in_turns, played, tell_turn
from harness.sandbox.protocol import LANGUAGES, Language

__all__ = ["MODES", "Answer", "Mode", "find"]

CHUNK = 5
"""Moves at a time in the ``chunks`` mode that is listed; any number can be asked for."""


def _chunks(most: int) -> Mode:
    return Mode(
        name=f"chunks/{most}",
        ask="chunks",
        answer=partial(played, most=most),
        perfect=partial(tell_turn, most=most),
        question=in_turns,
        needs_solution=True,
        turns=most,
    )


def _of_programs(language: Language) -> tuple[Mode, ...]:
    program = partial(tell_program, language=language)
    return (
        Mode(
            name=f"function/{language}",
            ask="function",
            answer=partial(programmed, language=language),
            perfect=program,
            language=language,
        ),
        Mode(
            name=f"simulated/{language}",
            ask="simulated",
            answer=partial(listed_after_program, language=language),
            perfect=partial(tell_program_and_list, language=language),
            floor=as_json,
            language=language,
            also=f"function/{language}",
        ),
        Mode(
            name=f"reply/{language}",
            ask="reply",
            answer=partial(programmed_freely, language=language),
            question=any_goal,
            perfect=program,
            language=language,
            general=False,
        ),
    )


MODES: dict[str, Mode] = {
    mode.name: mode
    for mode in (
        Mode(name="enumerate", ask="enumerate", answer=listed, perfect=tell_list, floor=as_json),
        Mode(name="compact", ask="compact", answer=listed_in_rows, perfect=tell_rows, floor=as_rows),
        *(mode for language in LANGUAGES for mode in _of_programs(language)),
        Mode(name="algorithm", ask="algorithm", answer=listed, perfect=tell_list, floor=as_json),
        Mode(name="next", ask="next", answer=one_move, perfect=tell_first, question=one_step, needs_solution=True),
        _chunks(CHUNK),
        Mode(name="solvable", ask="solvable", answer=claimed, perfect=tell_claim, about_solvability=True),
    )
}


def find(name: str) -> Mode:
    """Raises UnknownName with near misses."""
    chunks = re.fullmatch(r"chunks/([1-9]\d{0,3})", name)
    if chunks is not None:
        return _chunks(int(chunks[1]))
    if name not in MODES:
        raise UnknownName("mode", name, MODES)
    return MODES[name]
