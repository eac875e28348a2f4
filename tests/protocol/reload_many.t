# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# 200 reloads leave neither files nor threads behind.
token demo
key rsa2048 01 mykey
start
> CHECKPIN
pin 123456
< OK
> RELOADCONF
< OK
> SERIALNO
<* OK
2> NOP
2< OK
let files = run ls /proc/{pid}/fd | wc -l
let threads = run ls /proc/{pid}/task | wc -l
run python3 -c 'import socket; s = socket.socket(socket.AF_UNIX); s.connect("{socket}"); f = s.makefile("rw"); f.readline(); ask = lambda c: (f.write(c + "\n"), f.flush(), any(l.startswith("OK") or l.startswith("ERR") and exit(l) for l in iter(f.readline, ""))); [(ask("RELOADCONF"), ask("SERIALNO")) for i in range(200)]'
calls-total C_Initialize 202
calls-total C_Finalize 201
run for i in $(seq 1000); do [ $(ls /proc/{pid}/task | wc -l) = {threads} ] && exit 0; sleep 0.01; done; exit 1
run test $(ls /proc/{pid}/fd | wc -l) = {files}
