# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# READCERT: the certificate of a key, or one that only CERTINFO names.
token demo
key rsa2048 01 withcert cert
key rsa2048 02 without
key rsa4096 03 large cert
cert 03 spare
let grip = keygrip 01
let none = repeat AB 20
start
> LEARN --force
<~ S CERTINFO 100 P15.01
<~ S CERTINFO 100 P15.03
<~ S CERTINFO 100 {other:P15\.X[0-9A-F]{16}}
<* OK
> READCERT P15.01
data-is-cert 01
< OK
> READCERT {grip}
data-is-cert 01
< OK
> READCERT P15.03
let a = data
< OK
> READCERT {other}
let b = data
< OK
# Both are the key's, each once.
run test {a} != {b}
run python3 -c 'import os; os.write(1, bytes.fromhex("{a}"))' | openssl x509 -inform DER -noout
run python3 -c 'import os; os.write(1, bytes.fromhex("{b}"))' | openssl x509 -inform DER -noout
> READCERT P15.02
< ERR {NOT_FOUND} {_...}
> READCERT {none}
< ERR {NOT_FOUND} {_...}
> READCERT P15.77
< ERR {NOT_FOUND} {_...}
> READCERT nonsense
< ERR {_:100663323|100663414} {_...}
calls-total C_Login 0
