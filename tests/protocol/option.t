# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# OPTION event-signal takes a signal; what clients send besides is accepted.
start
> OPTION event-signal=12
< OK
> OPTION event-signal=0
< OK
> OPTION event-signal = 10
< OK
> OPTION event-signal=65
< ERR {INV_VALUE} {_...}
> OPTION event-signal=-1
< ERR {INV_VALUE} {_...}
> OPTION event-signal=SIGUSR2
< ERR {INV_VALUE} {_...}
> OPTION display=:0
< OK
> OPTION lc-ctype=C
< OK
> OPTION --ttyname=/dev/tty
< OK
> OPTION xyz
< OK
calls-any 0
