# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A key that wants the PIN at every use, on a token with a PIN pad: a message
# for each.
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
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
data-verify 01 sha256 {digest}
< OK
done
calls-total C_Login 3
