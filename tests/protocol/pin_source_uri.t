# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A source for the tokens that a URI means; it comes before the provider's.
token first
key rsa2048 01 firstkey
token second pin=654321
key rsa2048 01 secondkey
token third pin=987654
key rsa2048 01 thirdkey
config provider-p-pin-source file:{dir}/pin
config pin-source pkcs11:token=second?pin-source=file:{dir}/pin&module-name=other
config pin-source pkcs11:token=second;library-manufacturer=Nobody?pin-source=file:{dir}/pin
config pin-source pkcs11:token=second?module-path={shim}&pin-source=file:{dir}/pin2
config pin-source pkcs11:token=second?pin-source=file:{dir}/pin
config pin-source pkcs11:manufacturer=Nobody?pin-source=file:{dir}/pin2
config pin-source pkcs11:token=third;object=any?pin-source=command:/bin/cat%20{dir}/pin3
run umask 077; echo 123456 > "$DIR/pin"; echo 654321 > "$DIR/pin2"; echo 987654 > "$DIR/pin3"
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
each name firstkey secondkey thirdkey
let grip = keygrip {name}
> PKSIGN --hash=sha256 {grip}
data-verify {name} sha256 {digest}
< OK
done
calls-total C_Login 3
log-has token 'third', key 'thirdkey': PIN from command:/bin/cat used to sign
