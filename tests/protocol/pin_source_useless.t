# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A source that has no PIN to try: the log says why, and a person is asked.
token demo
key rsa2048 01 mykey
config provider-p-pin-source file:{dir}/pin
let digest = hash sha256 616263
start
> CHECKPIN
< INQUIRE NEEDPIN ||Please enter{_...}
log-has {dir}/pin: No such file or directory
> CAN
< ERR {CANCELED} {_...}
# Longer than the token's PIN can be.
run umask 077; printf %0300d 1 > "$DIR/pin"
> CHECKPIN
< INQUIRE NEEDPIN ||Please enter{_...}
log-has token 'demo': its PIN has 4 to 255 characters, the one of the configuration has not; it was not tried
> CAN
< ERR {CANCELED} {_...}
# Two lines.
run printf '123456\n654321\n' > "$DIR/pin"
> CHECKPIN
< INQUIRE NEEDPIN ||Please enter{_...}
log-has no PIN in file:{dir}/pin: one line is expected
> CAN
< ERR {CANCELED} {_...}
calls-total C_Login 0
# What can be used is used, from the next time on.
run printf 123456 > "$DIR/pin"
> CHECKPIN
< OK
