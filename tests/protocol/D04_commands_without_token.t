# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Without a token every command gets an answer too, with an argument and
# without, and the daemon goes on.
let grip = repeat A5 20
start
each command SERIALNO LEARN READCERT READKEY KEYINFO SETDATA PKSIGN PKAUTH PKDECRYPT GETATTR SETATTR CHECKPIN GETINFO DEVINFO SWITCHCARD SWITCHAPP UNLOCK GENKEY PASSWD RANDOM WRITECERT WRITEKEY APDU
> {command}
< ERR {_} {_...}
> {command} {grip} {grip} {grip} {grip}
< ERR {_} {_...}
done
> SERIALNO openpgp
< ERR {ENODEV} {_...}
> SERIALNO --demand={grip}
< ERR {ENODEV} {_...}
> LEARN --force
< ERR {ENODEV} {_...}
> GETATTR SERIALNO
< ERR {ENODEV} {_...}
> GENKEY 1
< ERR {ENODEV} {_...}
> RANDOM 8
< ERR {ENODEV} {_...}
each name {grip} P15.01 OPENPGP.1 $SIGNKEYID pkcs11:id=%01
> READCERT {name}
< ERR {_} {_...}
> READKEY {name}
< ERR {_} {_...}
> READKEY --info-only -- {name}
< ERR {_} {_...}
> GETATTR KEY-LABEL {name}
< ERR {_} {_...}
> CHECKPIN {name}
< ERR {_} {_...}
> PASSWD {name}
< ERR {_} {_...}
> SETDATA 00
< OK
> PKSIGN --hash=none {name}
< ERR {_} {_...}
> PKAUTH {name}
< ERR {_} {_...}
> PKDECRYPT {name}
< ERR {_} {_...}
done
each command LOCK UNLOCK RESTART DISCONNECT NOP
> {command}
<* OK{_...}
done
> KEYINFO --list
< OK
calls-total C_Login 0
