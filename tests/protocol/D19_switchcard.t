# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# SWITCHCARD changes the session's card, SWITCHAPP confirms its only
# application.
token one
token two
start
> SWITCHCARD
< S SERIALNO {first}
< OK
> GETINFO all_active_apps
< S SERIALNO {first} p15
< S SERIALNO {second} p15
< OK
> SWITCHCARD -- {second}
< S SERIALNO {second}
< OK
> SWITCHCARD
< S SERIALNO {second}
< OK
> GETINFO active_apps
< S SERIALNO {second} p15
< OK
> SWITCHAPP
< S SERIALNO {second} p15
< OK
> SWITCHAPP -- P15
< S SERIALNO {second} p15
< OK
> SWITCHAPP -- openpgp
< ERR {NOT_FOUND} {_...}
> SWITCHCARD -- FF500B000000000000000000
< ERR {NOT_FOUND} {_...}
> SWITCHCARD -- xyz
< ERR {NOT_FOUND} {_...}
> GETATTR SERIALNO
< S SERIALNO {second}
< OK
