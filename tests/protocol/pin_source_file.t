# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A PIN from a file: nobody is asked, not for a key that wants it at each use
# either.  Each use is a line in the log, also of a daemon that says little.
token demo
key rsa2048 01 mykey
key rsa2048 02 careful aa
config provider-p-pin-source file:{dir}/pin
run umask 077; echo 123456 > "$DIR/pin"
let digest = hash sha256 616263
start
> CHECKPIN
< OK
log-has token 'demo': PIN from file:{dir}/pin used to unlock it
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls C_Login 0
each time 1 2
> PKSIGN --hash=sha256 P15.02
data-verify 02 sha256 {digest}
< OK
calls C_Login 1
done
log-has token 'demo', key 'careful': PIN from file:{dir}/pin used to sign once
# A login that was lost is made again without a person.
> DISCONNECT
< OK
> PKSIGN --hash=sha256 P15.02
data-verify 02 sha256 {digest}
< OK
calls C_Login 2
# Questions make no use of it.
> DISCONNECT
< OK
> SERIALNO
<* OK
> LEARN --force
<* OK
> KEYINFO --list
<* OK
> GETATTR CHV-STATUS
<* OK
calls-total C_Login 5
