# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# PASSWD --clear while another client's signature is under way, here at a PIN
# pad between C_SignInit and C_Sign: the answer does not wait for that, it ends
# well, and then the token is logged out.
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
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE POPUPPINPADPROMPT ||{_:.*}this one signature{_...}
calls C_SignInit 1
2> PASSWD --clear
2< OK
2> GETATTR CHV-STATUS
2< S CHV-STATUS -2
2< OK
calls-total C_Logout 0
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
data-verify 01 sha256 {digest}
< OK
calls-total C_Logout 1
2> CHECKPIN
2< INQUIRE POPUPPINPADPROMPT ||{_:.*}unlock the token{_...}
2> CAN
2< ERR {CANCELED} {_...}
