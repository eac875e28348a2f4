# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A mistake in the configuration is named with its file and line, and the rest
# of it works.
token demo
config frobnicate yes
config card-typ pkcs11
config verbose yes
config pin-cache soon
config openpgp-sign 1234
config provider-q-library /nonexistent.so
config card-type pkcs11
config openpgp-sign
start
> SERIALNO
< S SERIALNO D2760001240111503131{_}
< OK
log-has gnupg-pkcs11-scd.conf:5: unknown keyword 'frobnicate'
log-has gnupg-pkcs11-scd.conf:6: unknown keyword 'card-typ', did you mean 'card-type'?
log-has gnupg-pkcs11-scd.conf:7: 'verbose' takes no value
log-has gnupg-pkcs11-scd.conf:8: 'pin-cache' cannot be 'soon'
log-has gnupg-pkcs11-scd.conf:9: 'openpgp-sign' cannot be '1234'
log-has gnupg-pkcs11-scd.conf:10: there is no provider 'q'
log-has gnupg-pkcs11-scd.conf:12: 'openpgp-sign' needs a value: write 
