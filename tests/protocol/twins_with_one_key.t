# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The same token through two modules, or two that are copies of each other: both
# are there, each with a serial number of its own, and the key once.  When one
# is gone its number means the other.
token demo
key rsa8192 01 same
let grip = keygrip same
run cp "$SHIM" "$DIR/other.so" && touch "$DIR/other.so.script"
config providers p, q
config provider-q-library {dir}/other.so
start
> GETINFO card_list
< S SERIALNO {a}
< S SERIALNO {b}
< OK
run test {a} != {b}
> KEYINFO --list
< S KEYINFO {grip} T {a} P15.01 {_}
< OK
> SERIALNO --demand={b}
< S SERIALNO {b}
< OK
> READKEY P15.01
data-is-key same
< OK
shim absent
> SERIALNO --demand={b}
< S SERIALNO {b}
< OK
> GETINFO card_list
< S SERIALNO {plain}
< OK
run test {plain} != {a} && test {plain} != {b}
> READKEY P15.01
data-is-key same
< OK
