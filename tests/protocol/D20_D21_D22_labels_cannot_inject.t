# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# What a token and its keys are called cannot make lines of its own in a
# dialog or an answer: percent signs, line ends, plus signs, bytes that are no
# UTF-8.  Their keys are found by their references all the same.
run L=$(printf 'a%%0A%%41\nERR 1 x\r+"\001\177\377\376|b'); "$KEYMAKER" "$MODULE" init "$L" 87654321 123456 && "$KEYMAKER" "$MODULE" gen "$L" 123456 rsa2048 01 "$(printf 'k%%0A\nOK\n+\377\033[2J|ö')" && "$KEYMAKER" "$MODULE" gen "$L" 123456 p256 02 "$(printf 'x\ry')"
start
> LEARN --force
< S READER {_:[!-~]*}
< S SERIALNO {sn}
<~ S DISP-NAME a%250A%2541{_:[!-~]*}
<! S DISP-NAME {_:.*[\x00-\x1f\x7f\xff].*}
<~ S KEY-LABEL P15.01 k%250A{_:[!-~\x80-\xff]*}
<~ S KEY-LABEL P15.02 x{_:[^\r]*}y
<! S KEY-LABEL {_:.*[\x00-\x1f\x7f].*}
<~ S KEY-FRIEDNLY {grip} k{_:[^\x00-\x1f\x7f\xff]*}
<~ S KEY-FRIEDNLY {_} x{_:[^\x00-\x1f\x7f\xff]*}
<~ S KEYPAIRINFO {grip} P15.01 {_...}
<~ S KEYPAIRINFO {_...}
<~ S CARDTYPE pkcs11
<~ S APPTYPE P15
<~ S MANUFACTURER {_...}
<~ S CHV-STATUS -2
<~ S CHV-LABEL PIN
< OK
> READKEY --info-only P15.01
< S KEYPAIRINFO {grip} P15.01 {_...}
< OK
> READKEY {grip}
<* OK
> GETATTR DISP-NAME
< S DISP-NAME {_:[!-~]*}
< OK
> GETATTR $DISPSERIALNO
< S $DISPSERIALNO {_}
< OK
> READKEY --format=ssh P15.01
data-text ssh-rsa {_} {_:[^\x00-\x1f\x7f\xff]*\n}
< OK
> SETDATA 00
< OK
> PKSIGN --hash=none P15.01
< INQUIRE NEEDPIN ||Please enter the PIN to sign.%0A%0AToken: a%250A%2541{_:[^\x00-\x1f\x7f\xff]*}%0ASerial: {_:[0-9a-f]*}%0AKey: k%250A{_:[^\x00-\x1f\x7f\xff%]*}
> CAN
< ERR {CANCELED} {_...}
