# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A file with a PIN that others could read or write is not used: the log says
# so and what helps, and a person is asked.
token demo
key rsa2048 01 mykey
config pin-cache 0
config provider-p-pin-source file:{dir}/pin
run echo 123456 > "$DIR/pin"
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
each mode 0640 0604 0620 0602 0610 0601 0644 0666
run chmod {mode} "$DIR/pin"
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN ||Please enter{_...}
calls C_Login 0
log-has {dir}/pin is open to others (mode {mode}): no PIN is taken from it; chmod 600 {dir}/pin
> CAN
< ERR {CANCELED} {_...}
done
run chmod 600 "$DIR/pin"
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
run chmod 400 "$DIR/pin"
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
