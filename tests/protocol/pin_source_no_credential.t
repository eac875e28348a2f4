# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# No service manager: the log says what is missing.
token demo
key rsa2048 01 mykey
config provider-p-pin-source credential:signing-pin
start
> CHECKPIN
< INQUIRE NEEDPIN ||Please enter{_...}
log-has no PIN from the credential signing-pin: CREDENTIALS_DIRECTORY is not set
> CAN
< ERR {CANCELED} {_...}
