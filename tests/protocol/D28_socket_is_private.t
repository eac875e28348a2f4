# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The socket is in a directory that nobody else can enter.
start
2> NOP
2< OK{_...}
run test "$(stat -c %a "$(dirname "$SOCKET")")" = 700
run test -S "$SOCKET"
