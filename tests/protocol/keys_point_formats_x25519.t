# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The same for X25519: bare, after GnuPG's 40, in an OCTET STRING,
# with both.
token demo
key x25519 01 key
let grip = keygrip 01
let point = point 01
start
each form {point} 40{point} 0420{point} 042140{point}
shim attr CKO_PUBLIC_KEY CKA_EC_POINT hex={form}
> LEARN --force --keypairinfo
<~ S KEYPAIRINFO {grip} P15.01 {_...}
<* OK
> READKEY P15.01
data-is-key 01
< OK
unshim attr CKO_PUBLIC_KEY CKA_EC_POINT hex={form}
done
