# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# More clients than the daemon serves: the rest hears so, and when some have
# gone there is room again.
start
2> NOP
2< OK{_...}
run python3 -c 'import socket, sys; a = [socket.socket(socket.AF_UNIX) for _ in range(300)]; [s.connect(sys.argv[1]) for s in a]; h = [s.makefile("rb").readline() for s in a]; n = sum(x.startswith(b"OK") for x in h); m = sum(x.startswith(b"ERR ") for x in h); sys.exit("%d + %d" % (n, m) if n < 200 or n + m != 300 or m < 40 else 0)' "$SOCKET"
> NOP
< OK{_...}
run until python3 -c 'import socket, sys; s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); sys.exit(not s.makefile("rb").readline().startswith(b"OK"))' "$SOCKET"; do :; done
3> NOP
3< OK{_...}
