"""Sits at a real terminal for a test: type_passphrase.py PROGRAM ARGUMENT… answers each prompt as it comes."""

import os
import pty
import sys

answers = [b"hidxx\x7f\x7fden\r", b"hidden\r"]
prompts = [b"passphrase for release.key: ", b"the same again: "]

child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[1], sys.argv[1:])

shown = b""
while True:
    try:
        piece = os.read(terminal, 1024)
    except OSError:
        break
    if not piece:
        break
    shown += piece
    if prompts and shown.endswith(prompts[0]):
        prompts.pop(0)
        os.write(terminal, answers.pop(0))

sys.stdout.write(shown.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
