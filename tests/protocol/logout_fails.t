# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module that does not log out: the sessions are closed, and the login goes
# with the last of them.
token demo
key rsa2048 01 mykey
config pin-cache 0
shim fail C_Logout 1 CKR_FUNCTION_FAILED *
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
each time 1 2
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
done
log-has C_Logout = CKR_FUNCTION_FAILED
