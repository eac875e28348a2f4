# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Who asks for nothing finds nothing in the log as long as all is well: not of
# keys listed, signatures, a wrong PIN that is corrected, questions that have
# no answer.
token demo
key rsa2048 01 mykey
key rsa2048 02 careful aa
config log-file {dir}/log
run printf 'providers p\nprovider-p-library %s\nlog-file %s/log\n' "$SHIM" "$DIR" >quiet
let digest = hash sha256 616263
let plain = random 32
let c = rsa-encrypt 01 {plain}
start --multi-server --homedir {home} --options {dir}/quiet
> LEARN --force
<* OK
> GETATTR FROBNICATE
< ERR {_...}
> FROBNICATE
< ERR {_...}
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 000000
pin {pin}
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.02
pin {pin}
data-verify 02 sha256 {digest}
< OK
setdata {c}
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
2> SERIALNO
2<* OK
2> PKSIGN P15.77
2< ERR {_...}
2eof
> RESTART
< OK
eof
exit 0
run test -f log && test ! -s log
run test ! -s stderr
