# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""A daemon with the crowd, in a throw-away home: asked, counted, measured."""

import collections
import os
import re
import subprocess
import tempfile

PIN = "123456"
DIGEST = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"
# Nobody waits longer than this for an answer; no test needs so long.
PATIENCE = 600


class Failure(Exception):
    pass


class Daemon:
    """CROWD: what the crowd is, by the ends of its variables' names.  SHIM:
    calls go by way of it and are counted."""

    def __init__(self, daemon, module, crowd, shim=None, home=None,
                 mode="--server"):
        # pylint: disable=consider-using-with,too-many-arguments
        self.folder = tempfile.TemporaryDirectory()
        self.home = home or self.folder.name
        self.log = os.path.join(self.folder.name, "calls")
        env = dict(os.environ, TMPDIR=self.folder.name,
                   **{"CROWD_" + name: str(value)
                      for name, value in crowd.items()})
        env.pop("GNUPG_PKCS11_SOCKETDIR", None)
        # meson's; memory that is filled when it is freed is memory that is
        # there.
        env.pop("MALLOC_PERTURB_", None)
        if shim is not None:
            script = os.path.join(self.folder.name, "script")
            for name in (script, self.log):
                with open(name, "w", encoding="ascii"):
                    pass
            env.update(P11SHIM_MODULE=module, P11SHIM_LOG=self.log,
                       P11SHIM_SCRIPT=script)
        with open(os.path.join(self.home, "gnupg-pkcs11-scd.conf"), "w",
                  encoding="ascii") as conf:
            print("providers crowd", f"provider-crowd-library {shim or module}",
                  f"log-file {self.home}/log", sep="\n", file=conf)
        self.process = subprocess.Popen(
            ["timeout", "-k", "10", str(PATIENCE), daemon, mode, "--homedir",
             self.home], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env)
        self.answer("the greeting")
        self.pid = int(self.ask("GETINFO pid")[0].split()[1])

    def answer(self, what):
        """The lines before OK."""
        lines = []
        while True:
            line = self.process.stdout.readline().decode("latin-1").rstrip("\n")
            if line.startswith("OK"):
                return lines
            if line.startswith("ERR") or not line:
                raise Failure(f"{what}: {line or 'the connection ended'}")
            if line.startswith("INQUIRE"):
                self.send(f"D {PIN}")
                self.send("END")
            else:
                lines.append(line)

    def send(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def ask(self, command):
        self.send(command)
        return self.answer(command)

    def names(self):
        """The keygrips of the card and the references to its keys, after all
        was read anew."""
        words = [line.split(" ")
                 for line in self.ask("LEARN --force --keypairinfo")]
        return [line[2] for line in words], [line[3] for line in words]

    def keys(self):
        return self.names()[0]

    def calls(self, command):
        """How often COMMAND calls each function of the module."""
        with open(self.log, encoding="ascii") as log:
            log.seek(0, os.SEEK_END)
            self.ask(command)
            return collections.Counter(line.split()[0] for line in log)

    def memory(self, name="VmRSS"):
        """KiB."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            return int(re.search(name + r":\s+(\d+) kB", status.read())[1])

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def threads(self):
        return len(os.listdir(f"/proc/{self.pid}/task"))

    def stop(self):
        """It has to end well: sanitizers speak by the status."""
        self.process.stdin.close()
        rest = self.process.stdout.read()
        status = self.process.wait()
        self.folder.cleanup()
        if status != 0 or rest:
            raise Failure(f"the daemon ended with {status}, {rest!r}")

    def __enter__(self):
        return self

    def __exit__(self, kind, _value, _trace):
        if kind is None:
            self.stop()
            return
        self.process.terminate()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.folder.cleanup()
