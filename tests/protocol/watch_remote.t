# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that hands its calls on to another process is never waited in: p11-kit
# does one call at a time for each client.
no-provider
run ln -s $SHIM $DIR/p11-kit-client.so
config providers p
config provider-p-library {dir}/p11-kit-client.so
shim slot-events
token one
start
> OPTION event-signal=12
< OK
> SERIALNO
< S SERIALNO {_}
< OK
shim absent
signals USR2 1
calls-total C_WaitForSlotEvent 0
