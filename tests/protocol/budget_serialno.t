# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# SERIALNO makes one call for each provider and one for each slot with a token in
# it (SoftHSM always has an empty one, too), whatever token is asked for; the
# first one of a session one more for each provider: it looks for new slots.
token one
key rsa2048 01 k1 cert
token two
key p256 01 k2
run cp "$SHIM" "$DIR/other.so" && echo 'absent two' >"$DIR/other.so.script"
shim absent one
config providers p, q
config provider-q-library {dir}/other.so
start
> SERIALNO
< S SERIALNO {two}
< OK
each serialno SERIALNO SERIALNO
> {serialno}
< S SERIALNO {two}
< OK
calls-any 6
calls C_GetSlotList 2
calls C_GetTokenInfo 4
done
> GETINFO card_list
< S SERIALNO {two}
< S SERIALNO {one}
< OK
> SERIALNO --demand={one}
< S SERIALNO {one}
< OK
calls-any 6
> SERIALNO --demand={two}
< S SERIALNO {two}
< OK
calls-any 6
> SERIALNO --all
< S SERIALNO {two}
< OK
calls-any 6
> SERIALNO openpgp
< S SERIALNO {two}
< OK
calls-any 6
# Another session.
> RESTART
< OK
> SERIALNO
< S SERIALNO {two}
< OK
calls-any 8
> SERIALNO
< S SERIALNO {two}
< OK
calls-any 6
2> SERIALNO
2< S SERIALNO {two}
2< OK
calls-any 8
2> SERIALNO --demand={one}
2< S SERIALNO {one}
2< OK
calls-any 6
# A token that went is seen too; its session is closed.
run echo 'absent' >"$DIR/other.so.script"
> SERIALNO
< S SERIALNO {two}
< OK
calls C_GetSlotList 2
calls C_GetTokenInfo 2
calls-any 5
> GETINFO card_list
< S SERIALNO {two}
< OK
shim absent two
> SERIALNO
< ERR {ENODEV} {_...}
unshim absent two
> SERIALNO
< S SERIALNO {two}
< OK
> SERIALNO
< S SERIALNO {two}
< OK
# The provider that has no token has no call for a slot.
calls-any 4
