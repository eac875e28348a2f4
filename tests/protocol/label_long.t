# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A name of any length is cut for the dialog, and never breaks a line of the
# protocol.
token demo
key rsa2048 01 mykey
run "$KEYMAKER" "$MODULE" gen "$TOKEN" "$PIN" p256 02 "$(python3 -c 'print("\u00e4%" * 700)')"
start
> LEARN --force
<~ S KEYPAIRINFO {_} P15.01 {_...}
<~ S KEYPAIRINFO {_} P15.02 {_...}
<* OK
> GETATTR KEY-LABEL
< S KEY-LABEL P15.01 mykey
< S KEY-LABEL P15.02 {_...}
< OK
> READKEY --format=ssh P15.02
data-text ecdsa-sha2-nistp256 {_...}
< OK
let digest = hash sha256 616263
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.02
< INQUIRE NEEDPIN {_...}
> CAN
< ERR {CANCELED} {_...}
