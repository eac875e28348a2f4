# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The serial numbers are the same whatever the module's name and path, the
# number of the slot and its place: by the module itself, by the shim, by a
# copy of it next to others, and for a token that is moved to another host.
token one
key p256 01 k1
token two
key p256 01 k2
start
> GETINFO card_list
< S SERIALNO {one}
< S SERIALNO {two}
< OK
> KEYINFO --list
< S KEYINFO {g1} T {one} P15.01 sca
< S KEYINFO {g2} T {two} P15.01 sca
< OK
eof
exit 0
# Another path, another provider's name, and the slots the other way round.
run cp "$SHIM" "$DIR/other.so" && echo reverse-slots >"$DIR/other.so.script"
run printf 'providers other\nprovider-other-library %s\n' "$DIR/other.so" >"$DIR/other.conf"
start --multi-server --homedir {home} --options {dir}/other.conf
> GETINFO card_list
< S SERIALNO {one}
< S SERIALNO {two}
< OK
> KEYINFO --list
< S KEYINFO {g1} T {one} P15.01 sca
< S KEYINFO {g2} T {two} P15.01 sca
< OK
eof
exit 0
# Without the shim, in another folder, and there are other slots.
run mkdir "$DIR/host" && mv "$DIR/tokens" "$DIR/host/tokens"
run sed "s|$DIR/tokens|$DIR/host/tokens|" "$DIR/softhsm2.conf" >"$DIR/host/softhsm2.conf"
env SOFTHSM2_CONF={dir}/host/softhsm2.conf
token between
run printf 'providers real\nprovider-real-library %s\n' "$MODULE" >"$DIR/host.conf"
start --multi-server --homedir {home} --options {dir}/host.conf
> GETINFO card_list
< S SERIALNO {_}
< S SERIALNO {one}
< S SERIALNO {two}
< OK
> KEYINFO --list
< S KEYINFO {g1} T {one} P15.01 sca
< S KEYINFO {g2} T {two} P15.01 sca
< OK
