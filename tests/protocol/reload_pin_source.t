# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A PIN from the configuration that was refused, and so is not used again, is
# used again after a reload.
token demo
key rsa2048 01 mykey
config provider-p-pin-source file:{dir}/pin
run umask 077; echo 654321 > "$DIR/pin"
start
each tries 1 0
> CHECKPIN
< INQUIRE NEEDPIN ||The PIN from the configuration was wrong.{_...}
calls C_Login {tries}
> CAN
< ERR {CANCELED} {_...}
done
log-has is read again (RELOADCONF)
run echo 123456 > "$DIR/pin"
> CHECKPIN
< INQUIRE NEEDPIN ||The PIN from the configuration was wrong.{_...}
> CAN
< ERR {CANCELED} {_...}
calls-total C_Login 1
> RELOADCONF
< OK
> CHECKPIN
< OK
calls C_Login 1
# Another source, and none.
unconfig provider-p-pin-source file:{dir}/pin
config provider-p-pin-source file:{dir}/other
run umask 077; echo 123456 > "$DIR/other"
> RELOADCONF
< OK
> CHECKPIN
< OK
log-has PIN from file:{dir}/other used
unconfig provider-p-pin-source file:{dir}/other
> RELOADCONF
< OK
> CHECKPIN
< INQUIRE NEEDPIN ||Please enter{_...}
> CAN
< ERR {CANCELED} {_...}
