# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A wrong PIN on the PIN pad is one C_Login and one error: the person is not
# made to type again by a machine.
token demo
key rsa2048 01 mykey
config provider-p-allow-protected-auth
shim pinpad 654321
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
< INQUIRE POPUPPINPADPROMPT {_...}
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
< ERR {BAD_PIN} {_...}
calls-total C_Login 1
log-has C_Login failed: CKR_PIN_INCORRECT
# The client can refuse the message.
> PKSIGN --hash=sha256 P15.01
< INQUIRE POPUPPINPADPROMPT {_...}
> CAN
< ERR {CANCELED} {_...}
calls-total C_Login 1
# The person pressed the pad's cancel key.
shim fail C_Login 1 CKR_FUNCTION_CANCELED
> PKSIGN --hash=sha256 P15.01
< INQUIRE POPUPPINPADPROMPT {_...}
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
< ERR {CANCELED} {_...}
shim fail C_Login 1 CKR_PIN_EXPIRED
> PKSIGN --hash=sha256 P15.01
< INQUIRE POPUPPINPADPROMPT {_...}
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
< ERR {_:100663427} {_...}
log-has CKR_PIN_EXPIRED: change the PIN, with passwd in gpg --card-edit
# The right PIN at last.
unshim pinpad 654321
shim pinpad 123456
> PKSIGN --hash=sha256 P15.01
< INQUIRE POPUPPINPADPROMPT {_...}
> END
< INQUIRE DISMISSPINPADPROMPT{_...}
> END
data-verify 01 sha256 {digest}
< OK
calls-total C_Login 4
