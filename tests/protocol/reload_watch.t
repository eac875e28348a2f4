# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Clients that are told of tokens are told once after a reload, and of what
# happens then.
token one
token two
run cp "$SHIM" "$DIR/other.so" && echo 'absent one' >"$DIR/other.so.script"
shim absent two
start
> OPTION event-signal=12
< OK
2> DEVINFO --watch
2< S DEVINFO_START
2< S DEVICE pkcs11 {one} p15
2< S DEVINFO_END
3> OPTION event-signal=10
3< OK
> RELOADCONF
< OK
signals USR1 1
signals USR2 1
2< S DEVINFO_START
2< S DEVICE pkcs11 {one} p15
2< S DEVINFO_END
shim absent one
2< S DEVINFO_STATUS removal
2< S DEVINFO_START
2< S DEVINFO_END
signals USR2 2
unshim absent one
2< S DEVINFO_STATUS new
2< S DEVINFO_START
2< S DEVICE pkcs11 {one} p15
2< S DEVINFO_END
signals USR2 3
# Another token instead of it.
no-provider
config providers q
config provider-q-library {dir}/other.so
> RELOADCONF
< OK
2< S DEVINFO_STATUS removal
2< S DEVINFO_STATUS new
2< S DEVINFO_START
2< S DEVICE pkcs11 {two} p15
2< S DEVINFO_END
signals USR2 4
run echo 'absent' >"$DIR/other.so.script"
2< S DEVINFO_STATUS removal
2< S DEVINFO_START
2< S DEVINFO_END
signals USR2 5
signals USR1 5
2> NOP
2< ERR {NOT_FOUND} {_...}
2< OK
