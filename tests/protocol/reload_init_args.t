# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What a provider is initialised with is read anew, and so is its library; not
# while a command uses it, which the log says.
token demo
config provider-p-init-args good
shim init-args good
start
> SERIALNO
<* OK
unconfig provider-p-init-args good
config provider-p-init-args better
unshim init-args good
shim init-args better
> RELOADCONF
< OK
> SERIALNO
<* OK
2> CHECKPIN
2< INQUIRE NEEDPIN {_...}
run ! grep -q "still uses the library" stderr
unconfig provider-p-init-args better
config provider-p-init-args best
> RELOADCONF
< OK
> SERIALNO
<* OK
log-has provider 'p': a command that began earlier still uses the library
calls-total C_Initialize 2
2> CAN
2< ERR {CANCELED} {_...}
unshim init-args better
shim init-args best
> RELOADCONF
< OK
> SERIALNO
<* OK
calls-total C_Initialize 3
