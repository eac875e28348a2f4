# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A token that wants no login is not given one.  SoftHSM's keys then are those
# that are not private, and its private keys ask for the PIN after all.
token demo
key rsa2048 01 mykey
shim token-flags -CKF_LOGIN_REQUIRED
start
> KEYINFO --list
<* OK
> GETATTR CHV-STATUS
< S CHV-STATUS {_}
< OK
> CHECKPIN
< ERR {NO_PIN} {_...}
calls-total C_Login 0
