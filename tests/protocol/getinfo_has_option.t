# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# cmd_has_option: what gpg asks before it uses an option.
start
> GETINFO cmd_has_option SERIALNO all
< OK
> GETINFO cmd_has_option SERIALNO demand
< OK
> GETINFO cmd_has_option keyinfo list
< OK
> GETINFO cmd_has_option READKEY info-only
< OK
> GETINFO cmd_has_option READKEY info
< OK
> GETINFO cmd_has_option PKSIGN hash
< OK
> GETINFO cmd_has_option PKAUTH challenge-response
< OK
> GETINFO cmd_has_option LEARN multi
< OK
> GETINFO cmd_has_option SETDATA append
< OK
> GETINFO cmd_has_option PASSWD clear
< OK
> GETINFO cmd_has_option PASSWD reset
< ERR {FALSE} {_...}
> GETINFO cmd_has_option PASSWD nullpin
< ERR {FALSE} {_...}
> GETINFO cmd_has_option READKEY inf
< ERR {FALSE} {_...}
> GETINFO cmd_has_option PKSIGN list
< ERR {FALSE} {_...}
> GETINFO cmd_has_option PKDECRYPT -
< ERR {FALSE} {_...}
> GETINFO cmd_has_option FROBNICATE list
< ERR {FALSE} {_...}
> GETINFO cmd_has_option PKSIGN
< ERR {MISSING_VALUE} {_...}
> GETINFO cmd_has_option
< ERR {MISSING_VALUE} {_...}
calls-any 0
