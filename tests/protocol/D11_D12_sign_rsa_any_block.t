# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# --hash=none signs any block as it is, up to what the padding leaves; a block
# as long as the modulus that is PSS-encoded goes through unpadded.
token demo
key rsa2048 01 mykey
let block = random 35
let tls = random 36
let most = random 245
let toomuch = random 246
let pss = run python3 -c 'print("00" + "5A" * 254 + "BC")'
start
> SETDATA {block}
< OK
> PKSIGN --hash=none P15.01
pin 123456
data-verify 01 none {block}
< OK
> SETDATA {tls}
< OK
> PKSIGN --hash=tls-md5sha1 P15.01
data-verify 01 none {tls}
< OK
# Also without saying so: 36 bytes can be nothing else.
> PKSIGN P15.01
data-verify 01 none {tls}
< OK
> PKAUTH P15.01
data-verify 01 none {tls}
< OK
> SETDATA {most}
< OK
> PKSIGN --hash=none P15.01
data-verify 01 none {most}
< OK
> SETDATA {toomuch}
< OK
> PKSIGN --hash=none P15.01
< ERR {TOO_LARGE} {_...}
calls-any 0
> SETDATA {pss}
< OK
> PKSIGN --hash=none P15.01
let signature = data
data-length 256
< OK
let n = run "$KEYMAKER" "$MODULE" pubkey demo 123456 01 >k.der; openssl rsa -pubin -inform DER -in k.der -noout -modulus | cut -d= -f2
run python3 -c 'assert pow(0x{signature}, 65537, 0x{n}) == 0x{pss}'
