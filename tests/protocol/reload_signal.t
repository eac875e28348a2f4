# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# SIGUSR1 does what the command does; SIGUSR2, which agents may send, nothing.
token demo
key rsa2048 01 mykey
start
> CHECKPIN
pin 123456
< OK
config card-type pkcs11
signal USR2
signal USR1
log-has configuration was read anew
run for i in $(seq 1000); do grep -q C_Finalize $DIR/calls && exit 0; sleep 0.01; done; exit 1
calls-total C_Logout 1
> SERIALNO
< S SERIALNO {_:D27600012401[0-9A-F]+}
< OK
> CHECKPIN
< INQUIRE NEEDPIN {_...}
signal USR2
> CAN
< ERR {CANCELED} {_...}
