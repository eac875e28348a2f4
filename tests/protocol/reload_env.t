# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The environment is set once, as modules read it in their threads: the log says
# which lines have to wait for a new start.  Values are not told.
token demo
config provider-p-env ALPHA=first-value
config provider-p-env BETA=same-value
start
> SERIALNO
<* OK
> RELOADCONF
< OK
run ! grep -q "started again" stderr
unconfig provider-p-env ALPHA=first-value
config provider-p-env ALPHA=second-value
> RELOADCONF
< OK
log-has 'provider-p-env' has another value for ALPHA now: it counts when gnupg-pkcs11-scd is started again
run ! grep -q BETA stderr
unconfig provider-p-env BETA=same-value
config provider-p-env GAMMA=third-value
> RELOADCONF
< OK
log-has no 'provider-...-env' has BETA any more
log-has has another value for GAMMA now
> SERIALNO
<* OK
log-excludes first-value
log-excludes second-value
log-excludes same-value
log-excludes third-value
