# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that wants the PIN at every use, on a token with a PIN pad: a message
# for each, shown before the operation begins in the token and taken away when
# it has ended, so that nobody is asked between the three calls.
token demo
key rsa2048 01 mykey aa
config provider-p-allow-protected-auth
shim pinpad 123456
let digest = hash sha256 616263
start
> CHECKPIN
< INQUIRE POPUPPINPADPROMPT {_...}
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
< OK
calls C_Login 1
> SETDATA {digest}
< OK
each time 1 2
> PKSIGN --hash=sha256 P15.01
< INQUIRE POPUPPINPADPROMPT ||{_:.*}this one signature{_...}
calls C_SignInit 0
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
run tail -n 3 calls | cut -d' ' -f1 | tr '\n' ' ' | grep -x 'C_SignInit C_Login C_Sign '
> END
data-verify 01 sha256 {digest}
< OK
done
calls-total C_Login 3
# A wrong one: the next message says so.
shim fail C_Login 1 CKR_PIN_INCORRECT
> PKSIGN --hash=sha256 P15.01
< INQUIRE POPUPPINPADPROMPT ||{_...}
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
< INQUIRE POPUPPINPADPROMPT ||That PIN was wrong.{_:.*}this one signature{_...}
> CAN
< ERR {CANCELED} {_...}
# It goes when something fails.
shim fail C_SignInit 1 CKR_DEVICE_ERROR
> PKSIGN --hash=sha256 P15.01
< INQUIRE POPUPPINPADPROMPT ||{_...}
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
< ERR {_...}
# A client that is gone begins nothing; the next one is served.
2> SETDATA {digest}
2< OK
2> PKSIGN --hash=sha256 P15.01
2< INQUIRE POPUPPINPADPROMPT ||{_...}
2gone
> PKSIGN --hash=sha256 P15.01
< INQUIRE POPUPPINPADPROMPT ||{_...}
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
data-verify 01 sha256 {digest}
< OK
calls-total C_SignInit 5
# The same for a decryption.
let plain = random 32
let cipher = rsa-encrypt 01 {plain}
setdata {cipher}
> PKDECRYPT P15.01
< INQUIRE POPUPPINPADPROMPT ||{_:.*}this one decryption{_...}
calls C_DecryptInit 0
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
run grep -A 2 '^C_DecryptInit' calls | tail -n 3 | cut -d' ' -f1 | tr '\n' ' ' | grep -x 'C_DecryptInit C_Login C_Decrypt '
> END
< S PADDING 0
data-is {plain}
< OK
calls C_Login 1
