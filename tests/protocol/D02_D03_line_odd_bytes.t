# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Whatever bytes a line has, it is answered once, and the connection lives on.
token demo
start
# Control characters, DEL, bytes that are no UTF-8.
>x 4E4F50 2001021B7F FFC3 0A
< OK{_...}
>x 53455249414C4E4F 20 01021B7F FFC3 0A
< S SERIALNO {sn:[0-9A-F]+}
< OK
# A carriage return at the end belongs to the line's end.
>x 534552 49414C4E4F 0D0A
< S SERIALNO {sn}
< OK
# A tab is a blank.
>x 53455249414C4E4F 09 2D2D616C6C 0A
< S SERIALNO {sn}
< OK
# A NUL within a line.
>x 474554494E464F 20 706964 00 6162 0A
< {_:(D|ERR|OK).*}
<? {_...}
> NOP
<* OK{_...}
# Comments and empty lines are no commands.
>x 23206869 0A
>x 474554494E464F 20 706964 0A
data-text {pid}
< OK
# Two commands in one piece, one in two.
>x 4E4F50 0A 4E4F50 0A
< OK{_...}
< OK{_...}
>x 4E4F
sleep 50
>x 50 0A
< OK{_...}
# Upper and lower case are the same in commands.
> getinfo pid
data-text {pid}
< OK
> Setdata 00ff
< OK
# Unknown commands; what begins like a known one.
> FROBNICATE
< ERR {UNKNOWN_CMD} {_...}
> PKSIGNX abc
< ERR {UNKNOWN_CMD} {_...}
> D 123
< ERR {_} {_...}
> END
< ERR {_} {_...}
> CAN
< {_:(ERR|OK)( .*)?}
> NOP
< OK{_...}
