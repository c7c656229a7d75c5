"""`python -m housingfirst.ui.messages COMMAND`: look after locale/da/LC_MESSAGES/django.po.

    check            fail on untranslated or unused entries and on lost placeholders
    update           drop what nobody says any more, and sort (also after a merge)
    add FILE.json    merge translations (`-` reads standard input)
    todo             print what is untranslated as JSON, ready to fill in and `add`
    compile          write django.mo (not committed; starting Django does it too)

Without a command (`make messages`): update, then todo.

A file for `add` is an object of pairs, or a list of entries where context or plural is needed:

    {"Save visit": "Gem besøg"}
    [{"msgid": "%(n)d day", "plural": "%(n)d days", "msgstr": ["%(n)d dag", "%(n)d dage"]},
     {"msgid": "More", "context": "menu", "msgstr": "Mere"}]

Only translated entries are kept, sorted, without dates or line numbers, so that branches touch
only their own lines.
"""

import json
import sys
from collections.abc import Callable, Sequence

from housingfirst.ui.messages import catalogue, compiled
from housingfirst.ui.messages.extract import ToolsMissing


def check() -> int:
    problems = catalogue.problems()
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problems. See `python -m housingfirst.ui.messages`.")
    return 1 if problems else 0


def update() -> int:
    print(f"{catalogue.update()} dropped.")
    return 0


def add(source: str) -> int:
    if source == "-":
        rows = json.load(sys.stdin)
    else:
        with open(source, encoding="utf-8") as file:
            rows = json.load(file)
    print(f"{catalogue.add(rows)} entries written.")
    return 0


def todo() -> int:
    print(json.dumps(catalogue.todo(), ensure_ascii=False, indent=1))
    return 0


def compile_() -> int:
    print(f"Compiled {compiled.write().name}.")
    return 0


COMMANDS: dict[str, Callable[..., int]] = {
    "check": check,
    "update": update,
    "add": add,
    "todo": todo,
    "compile": compile_,
}


def main(arguments: Sequence[str]) -> int:
    if not arguments:
        return update() or todo()
    if arguments[0] not in COMMANDS:
        print(__doc__)
        return 2
    try:
        return COMMANDS[arguments[0]](*arguments[1:])
    except ToolsMissing as error:
        print(error)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
