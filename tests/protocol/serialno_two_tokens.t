# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The card that was demanded is the session's, and the first choice of other
# sessions that do not choose; another session's choice stays.
token one
token two
start
> SERIALNO
< S SERIALNO {first}
< OK
> GETINFO card_list
< S SERIALNO {first}
< S SERIALNO {second}
< OK
2> SERIALNO
2< S SERIALNO {first}
2< OK
> SERIALNO --demand={second}
< S SERIALNO {second}
< OK
> GETATTR SERIALNO
< S SERIALNO {second}
< OK
2> GETATTR SERIALNO
2< S SERIALNO {first}
2< OK
# Most recently demanded.
3> SERIALNO
3< S SERIALNO {second}
3< OK
4> GETATTR SERIALNO
4< S SERIALNO {second}
4< OK
> SERIALNO --demand={first}
< S SERIALNO {first}
< OK
> RESTART
< OK
> GETATTR SERIALNO
< S SERIALNO {first}
< OK
