# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that is initialised while the daemon runs is shown by the next LEARN:
# the first one, one beside others, and one that had another name before.  (A
# shim, since SoftHSM does not see what other processes initialise.)
token one
key p256 01 k1
token two
key p256 02 k2
let g1 = keygrip k1
let g2 = keygrip k2
run cp "$SHIM" "$DIR/other.so"
run printf 'absent one\ntoken-flags -CKF_TOKEN_INITIALIZED\n' >"$DIR/other.so.script"
shim absent two
shim token-flags -CKF_TOKEN_INITIALIZED
config providers p, q
config provider-q-library {dir}/other.so
start
> LEARN --force
< ERR {ENODEV} {_...}
> KEYINFO --list
< OK
unshim token-flags -CKF_TOKEN_INITIALIZED
> LEARN --force
<* S SERIALNO {one}
<~ S KEYPAIRINFO {g1} P15.01 {_...}
<* OK
> GETINFO card_list
< S SERIALNO {one}
< OK
run echo 'absent one' >"$DIR/other.so.script"
# Without --force, too: the objects of new tokens are always read.
> LEARN --keypairinfo {g2}
< S KEYPAIRINFO {g2} P15.02 {_...}
< OK
> KEYINFO --list
< S KEYINFO {g1} T {one} P15.01 sca
< S KEYINFO {g2} T {two} P15.02 sca
< OK
> LEARN --keypairinfo --demand={two}
< S KEYPAIRINFO {g2} P15.02 {_...}
< OK
# Initialised once more, with another name.
shim token-text one label renamed
> LEARN --keypairinfo {g1}
< S KEYPAIRINFO {g1} P15.01 {_...}
< OK
> KEYINFO {g1}
< S KEYINFO {g1} T {renamed} P15.01 sca
< OK
run test {renamed} != {one}
> LEARN --keypairinfo --demand={one}
< ERR {CARD_NOT_PRESENT} {_...}
calls-total C_Login 0
