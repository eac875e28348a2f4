# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The serial number of the default card type is understood with "card-type
# pkcs11", so that a setting can be changed back.
token demo
let text = text SoftHSM project%SoftHSM v2%{serial}%demo
let own = run printf %s '{text}' | tr % '\0' | sha256sum | cut -c1-16 | tr a-f A-F
config card-type pkcs11
start
> SERIALNO --demand=FF500B00{own}
< S SERIALNO FF500B00{own}
< OK
> SERIALNO
< S SERIALNO D2760001240111503131{_:[0-9A-F]{8}}1111
< OK
