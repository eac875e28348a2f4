# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A provider without a library, and libraries that cannot be: the log names the
# line.
no-provider
token demo
config providers one two three
config provider-two-library ./here.so
config provider-three-library
start
> SERIALNO
< ERR {ENODEV} {_...}
log-has gnupg-pkcs11-scd.conf:3: 
log-has gnupg-pkcs11-scd.conf:4: 'provider-two-library' cannot be './here.so': write the full path
log-has gnupg-pkcs11-scd.conf:5: 
log-has 'one'
