# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Modules of p11-kit's registry are watched as well, and end as they should.
no-provider
# The registry may have other modules too, with leaks of their own.
env ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0
token one
start
> OPTION event-signal=12
< OK
> SERIALNO
< S SERIALNO {_}
< OK
log-has provider 'softhsm2': C_WaitForSlotEvent: CKR_FUNCTION_NOT_SUPPORTED
eof
exit 0
log-excludes does not end
