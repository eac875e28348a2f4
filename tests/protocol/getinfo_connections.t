# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# How many clients there are.
start
> GETINFO connections
data-is 31
< OK
2> GETINFO connections
2data-is 32
2< OK
3> NOP
3< OK{_...}
> GETINFO connections
data-is 33
< OK
2> BYE
2< OK{_...}
2<eof
