# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A curve may be named by its OID or in a PrintableString; explicit parameters
# are refused, and the log says why.
token demo
key p256 01 p256
let grip = keygrip 01
let oid = text 06082A8648CE3D030107
let digest = hash sha256 616263
let info = digestinfo sha256 {digest}
let explicit = run openssl ecparam -name prime256v1 -param_enc explicit -outform DER | od -An -v -tx1 | tr -d ' \n'
start
> CHECKPIN
pin 123456
< OK
> SETDATA {info}
< OK
# secp256r1, prime256v1, P-256
each form {oid} 1309736563703235367231 130A7072696D653235367631 1305502D323536
shim attr * CKA_EC_PARAMS hex={form}
> LEARN --force --keypairinfo
<~ S KEYPAIRINFO {grip} P15.01 {_...}
<* OK
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
unshim attr * CKA_EC_PARAMS hex={form}
done
shim attr * CKA_EC_PARAMS hex={explicit}
> LEARN --force --keypairinfo
<! S KEYPAIRINFO {_...}
<* OK
> PKSIGN --hash=sha256 {grip}
< ERR {_} {_...}
log-has token 'demo': left out: public key 'p256' with CKA_ID 01: its curve is given by explicit parameters; only curves with a name can be used
