# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Keywords that older releases knew are accepted, and named as having no effect.
token demo
config provider-p-cert-private
config provider-p-private-mask 3
config emulate-openpgp
start
> SERIALNO
< S SERIALNO FF500B00{_}
< OK
log-has gnupg-pkcs11-scd.conf:5: 'provider-p-cert-private' has no effect yet
log-has gnupg-pkcs11-scd.conf:6: 'provider-p-private-mask' has no effect yet
log-has gnupg-pkcs11-scd.conf:7: 'emulate-openpgp' does nothing in this version
