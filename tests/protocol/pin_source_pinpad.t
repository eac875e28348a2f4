# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token with a PIN pad, and a PIN in the configuration: nobody has to type.
# If it was wrong the PIN pad is used.
token demo
key rsa2048 01 mykey
key rsa2048 02 careful aa
config provider-p-allow-protected-auth
config provider-p-pin-source file:{dir}/pin
run umask 077; echo 123456 > "$DIR/pin"
shim pinpad 123456
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.02
data-verify 02 sha256 {digest}
< OK
calls C_Login 2
> DISCONNECT
< OK
shim fail C_Login 1 CKR_PIN_INCORRECT
> PKSIGN --hash=sha256 P15.01
< INQUIRE POPUPPINPADPROMPT ||The PIN from the configuration was wrong.{_...}
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
data-verify 01 sha256 {digest}
< OK
