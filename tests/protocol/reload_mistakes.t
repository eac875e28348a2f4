# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Lines that cannot be used are counted in a status line, and the others count.
token demo
start
config card-type pkcs11
config no-such-keyword
> RELOADCONF
< S WARNING configuration 0 1 line cannot be used{_...}
< OK
log-has unknown keyword 'no-such-keyword'
> SERIALNO
< S SERIALNO {_:D27600012401[0-9A-F]+}
< OK
config another
> RELOADCONF
< S WARNING configuration 0 2 lines cannot be used{_...}
< OK
unconfig another
unconfig no-such-keyword
> RELOADCONF
< OK
# Arguments mean nothing.
> RELOADCONF --now
< OK
