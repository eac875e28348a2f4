# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# GENKEY returns the key that is there, for each of the three slots, whatever
# its kind; and says what is wrong with everything else.
token demo
key rsa4096 01 sign usage=s
key p384 02 encr usage=d
key ed25519 03 auth
let one = keygrip 01
let two = keygrip 02
let three = keygrip 03
config openpgp-sign {one}
config openpgp-encr {two}
config openpgp-auth {three}
start
> GENKEY --force --timestamp=20240102T030405 1
< S KEY-FPR {fpr:[0-9A-F]{40}}
< S KEY-CREATED-AT 1704164645
< S SERIALNO {sn:D2760001240111503131[0-9A-F]{8}1111}
< S KEY-DATA - {_:[0-9A-F]{768}}
< S KEY-DATA n {_:[0-9A-F]{256}}
< S KEY-DATA e 010001
< OK
# The fingerprint depends on the time, and on nothing else that changes.
> GENKEY 1
< S KEY-FPR {other:[0-9A-F]{40}}
< S KEY-CREATED-AT 1767225600
< S SERIALNO {sn}
<* OK
run test {fpr} != {other}
> GENKEY --timestamp=20240102T030405 -- OPENPGP.1
< S KEY-FPR {fpr}
<* OK
> GENKEY --timestamp=20260101 2
< S KEY-FPR {ecdh:[0-9A-F]{40}}
< S KEY-CREATED-AT 1767225600
< S SERIALNO {sn}
< S KEY-DATA q 04{_:[0-9A-F]{192}}
< S KEY-DATA curve 2B81040022
< OK
> GENKEY --algo=ed25519 openpgp.3
< S KEY-FPR {_:[0-9A-F]{40}}
< S KEY-CREATED-AT 1767225600
< S SERIALNO {sn}
< S KEY-DATA q 40{_:[0-9A-F]{64}}
< S KEY-DATA curve 2B06010401DA470F01
< OK
> GENKEY
< ERR {NOT_SUPPORTED} {_...}
> GENKEY 0
< ERR {NOT_SUPPORTED} {_...}
> GENKEY 4
< ERR {NOT_SUPPORTED} {_...}
> GENKEY 9
< ERR {NOT_SUPPORTED} {_...}
> GENKEY x
< ERR {NOT_SUPPORTED} {_...}
> GENKEY 1 2
< ERR {NOT_SUPPORTED} {_...}
> GENKEY P15.01
< ERR {NOT_SUPPORTED} {_...}returns one that is there
> GENKEY --timestamp=20240102 0304 1
< ERR {NOT_SUPPORTED} {_...}
> GENKEY --timestamp=yesterday 1
< ERR {INV_TIME} {_...}
> GENKEY --timestamp=1704164645 1
< ERR {INV_TIME} {_...}
> GENKEY --timestamp=19700101T000000 1
< ERR {INV_TIME} {_...}
> GENKEY --timestamp= 1
< ERR {_...}
# A key that is configured but not on the token leaves its slot empty.
delete 02 all
> LEARN --force
<* OK
> GENKEY 2
< ERR {NO_SECKEY} {_...}
# Nothing of that disturbs the keys.
> READKEY P15.01
data-is-key 01
< OK
> READKEY OPENPGP.1
data-is-key 01
< OK
calls-total C_Login 0
calls-total C_GenerateKeyPair 0
