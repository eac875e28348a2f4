# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A file that is there and cannot be read changes nothing: neither tokens nor
# logins are lost.
token demo
key rsa2048 01 mykey
let digest = hash sha256 616263
run printf 'verbose\ndebug-all\nproviders p\nprovider-p-library %s\n' "$SHIM" >"$DIR/conf"
start --multi-server --homedir {home} --options {dir}/conf
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin 123456
< D {_...}
< OK
run mv conf away
> RELOADCONF
< ERR {_} {_...} the log of gnupg-pkcs11-scd says why{_...}
calls-any 0
log-has cannot read {dir}/conf
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
calls C_Login 0
signal USR1
run for i in $(seq 1000); do [ $(grep -c 'was not read anew' stderr) = 2 ] && exit 0; sleep 0.01; done; exit 1
run mkdir conf
> RELOADCONF
< ERR {_} {_...}
run rmdir conf && mv away conf
> RELOADCONF
< OK
calls C_Finalize 1
eof
exit 0
# The file of the home as well, if it is there; none at all is fine.
start
> SERIALNO
<* OK
run mv {home}/gnupg-pkcs11-scd.conf conf && mkdir {home}/gnupg-pkcs11-scd.conf
> RELOADCONF
< ERR {_} {_...}
calls-any 0
run rmdir {home}/gnupg-pkcs11-scd.conf
> RELOADCONF
< OK
run mv conf {home}/gnupg-pkcs11-scd.conf
> RELOADCONF
< OK
> SERIALNO
<* OK
