# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What is not offered says so with the proper code, never a generic fault, and
# asks for no PIN.
token demo
key rsa2048 01 mykey
start
> GENKEY --force --algo=rsa2048 -- P15.01
< ERR {NOT_SUPPORTED} {_...}
> GENKEY    -- P15.02
< ERR {NOT_SUPPORTED} {_...}
> PASSWD  3
< ERR {NOT_SUPPORTED} {_...}
> PASSWD --reset 1
< ERR {NOT_SUPPORTED} {_...}
> WRITECERT P15.01
< ERR {NOT_SUPPORTED} {_...}
> WRITEKEY --force P15.01
< ERR {NOT_SUPPORTED} {_...}
> APDU 00A40400
< ERR {NOT_SUPPORTED} {_...}
> APDU --atr
< ERR {NOT_SUPPORTED} {_...}
> SETATTR DISP-NAME Nobody
< ERR {NOT_SUPPORTED} {_...}
> SETATTR --inquire KEY-LABEL P15.01
< ERR {NOT_SUPPORTED} {_...}
calls-total C_Login 0
