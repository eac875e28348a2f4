# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Keywords that older releases knew are accepted, and named as having no effect.
token demo
config pin-cache 20
config use-gnupg-pin-cache
config emulate-openpgp
start
> SERIALNO
< S SERIALNO FF500B00{_}
< OK
log-has gnupg-pkcs11-scd.conf:5: 'pin-cache' has no effect yet
log-has gnupg-pkcs11-scd.conf:6: 'use-gnupg-pin-cache' has no effect yet
log-has gnupg-pkcs11-scd.conf:7: 'emulate-openpgp' does nothing in this version
