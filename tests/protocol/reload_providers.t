# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A provider that the configuration has now is there with the next command, also
# another client's, and one that it has no more is gone.
token one
key p256 01 k1
token two
key p256 01 k2
let g1 = keygrip k1
let g2 = keygrip k2
run cp "$SHIM" "$DIR/other.so" && echo 'absent one' >"$DIR/other.so.script"
shim absent two
start
2> KEYINFO --list
2< S KEYINFO {g1} T {one} P15.01 sca
2< OK
no-provider
config providers p, q
config provider-p-library {shim}
config provider-q-library {dir}/other.so
> RELOADCONF
< OK
2> KEYINFO --list
2< S KEYINFO {g1} T {one} P15.01 sca
2< S KEYINFO {g2} T {two} P15.01 sca
2< OK
unconfig providers p, q
unconfig provider-p-library {shim}
config providers q
2> RELOADCONF
2< OK
> KEYINFO --list
< S KEYINFO {g2} T {two} P15.01 sca
< OK
> KEYINFO {g1}
< ERR {NOT_FOUND} {_...}
run ! grep -q libp11shim.so /proc/{pid}/maps
