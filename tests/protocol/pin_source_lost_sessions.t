# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A network token whose sessions time out: each time the login is made again
# from the source, and nobody is asked.
token demo
key rsa2048 01 mykey
key rsa2048 02 careful aa
token other
key rsa2048 01 otherkey
config provider-p-pin-source file:{dir}/pin
run umask 077; echo 123456 > "$DIR/pin"
let digest = hash sha256 616263
let grip = keygrip mykey
let careful = keygrip careful
let ogrip = keygrip otherkey
start
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
data-verify mykey sha256 {digest}
< OK
each key mykey careful
let wanted = keygrip {key}
# While the other token is used, this one's sessions go, and it is there again.
shim absent demo
> PKSIGN --hash=sha256 {ogrip}
data-verify otherkey sha256 {digest}
< OK
unshim absent demo
> PKSIGN --hash=sha256 {wanted}
data-verify {key} sha256 {digest}
< OK
done
# The first of each token, one after each loss, one for the careful key.
calls-total C_Login 5
# Nothing is known of a loss until the module says that its handles are nobody's.
each key mykey careful
let wanted = keygrip {key}
shim suspend
> PKSIGN --hash=sha256 {wanted}
data-verify {key} sha256 {digest}
< OK
unshim suspend
> SERIALNO --all
<* OK
done
each answer CKR_SESSION_HANDLE_INVALID CKR_SESSION_CLOSED CKR_USER_NOT_LOGGED_IN
> PKSIGN --hash=sha256 {grip}
data-verify mykey sha256 {digest}
< OK
shim log-out
shim fail C_SignInit 1 {answer}
> PKSIGN --hash=sha256 {grip}
data-verify mykey sha256 {digest}
< OK
calls C_Login 1
unshim log-out
unshim fail C_SignInit 1 {answer}
done
