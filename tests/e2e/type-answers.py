#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Run a program on a terminal of its own and type answers to its questions.

    type-answers.py ANSWERS COMMAND [ARGUMENT...]

ANSWERS is a file with a line "question<TAB>answer" for each question in
turn; a question is any text that the program has to write before the answer
is typed.  A line without a TAB is text that has to come, with no answer.  What the program writes goes to standard output.  The exit status
is the program's, or 1 with a message if it asked something else or left
earlier.
"""
import os
import pty
import select
import sys
import time

PATIENCE = 60


def read_some(terminal, deadline):
    """What the program writes next; nothing at its end."""
    wait = deadline - time.monotonic()
    if wait <= 0 or not select.select([terminal], [], [], wait)[0]:
        raise TimeoutError
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux's way to say that nobody has the other end
        return b""


def converse(terminal, answers):
    """Type the answers; return what has not been asked, or None."""
    heard = b""
    deadline = time.monotonic() + PATIENCE
    while True:
        while answers and answers[0][0] in heard:
            question, *answer = answers.pop(0)
            heard = heard[heard.index(question) + len(question):]
            if answer:
                os.write(terminal, answer[0] + b"\n")
        try:
            more = read_some(terminal, deadline)
        except TimeoutError:
            return answers[0][0] if answers else b"the end"
        if not more:
            return answers[0][0] if answers else None
        sys.stdout.buffer.write(more)
        sys.stdout.buffer.flush()
        heard += more


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    with open(sys.argv[1], "rb") as file:
        answers = [tuple(line.rstrip(b"\n").split(b"\t", 1))
                   for line in file if line.strip()]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(sys.argv[2], sys.argv[2:])
    missing = converse(terminal, answers)
    os.close(terminal)  # whoever still reads is hung up on
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if missing is not None:
        sys.exit("not asked: " + missing.decode(errors="replace"))
    sys.exit(status if status >= 0 else 1)


if __name__ == "__main__":
    main()
