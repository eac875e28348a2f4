# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Keywords that older releases knew are accepted, and named as having no effect.
token demo
config emulate-openpgp
config provider-p-sign-mode auto
start
> SERIALNO
< S SERIALNO FF500B00{_}
< OK
log-has gnupg-pkcs11-scd.conf:5: 'emulate-openpgp' does nothing in this version
log-has gnupg-pkcs11-scd.conf:6: 'provider-p-sign-mode' does nothing in this version
