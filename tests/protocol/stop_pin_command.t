# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A command that has the PIN and does not end is ended with the daemon, which
# does not wait for it.
token demo
key rsa2048 01 mykey
config provider-p-pin-source command:{dir}/slow
run printf '#!/bin/sh\necho $$ >%s/slow.pid\nsleep 600\n' "$DIR" >slow && chmod 700 slow
start
> CHECKPIN
run for i in $(seq 1000); do [ -s slow.pid ] && exit 0; sleep 0.01; done; exit 1
signal TERM
< ERR {CANCELED} {_...}
exit 0
socket-gone
run ! kill -0 $(cat slow.pid) 2>/dev/null
log-excludes does not come back
calls-total C_Finalize 1
# Also if it has said all it had to say.
run printf '#!/bin/sh\nexec >&-\necho $$ >%s/slow.pid\nsleep 600\n' "$DIR" >slow; rm slow.pid
start
> CHECKPIN
run for i in $(seq 1000); do [ -s slow.pid ] && exit 0; sleep 0.01; done; exit 1
signal TERM
< ERR {CANCELED} {_...}
exit 0
run ! kill -0 $(cat slow.pid) 2>/dev/null
calls-total C_Finalize 1
