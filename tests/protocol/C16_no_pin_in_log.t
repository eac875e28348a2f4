# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# No PIN gets into a log, whatever is logged, wherever to, and whatever becomes
# of the PIN.  The runner looks for each that is typed, as it is, in hex and in
# base64, and so it does for what the lines with log-excludes name.
let right = text Right-PIN+öa%b
let escaped = text Right-PIN%2B%C3%B6a%25b
let wrong = text Wrong-PIN-5150
let second = text Second-PIN-0815
let long = repeat LongPIN7 32
let rest = repeat %00 71
token demo pin={right}
key rsa2048 01 mykey
key rsa2048 02 careful aa
let digest = hash sha256 616263
let plain = random 32
let c = rsa-encrypt 01 {plain}
let other = rsa-encrypt 02 {plain}
log-excludes {right}
log-excludes {escaped}
log-excludes half-a-PIN
log-excludes {plain}
config log-file {dir}/log
run : >none; echo verbose >some; printf "verbose\ndebug-all\n" >all
run for f in none some all; do printf 'providers p\nprovider-p-library %s\n' "$SHIM" >>$f; { cat $f; echo "log-file $DIR/log"; } >$f.file; { cat $f; echo "log-file socket://$DIR/S.log"; } >$f.socket; done
# What libassuan would log by itself.
env ASSUAN_DEBUG=2047
env ASSUAN_FULL_LOGGING=1
log-server {dir}/S.log
each level none none.file none.socket some some.file some.socket all all.file all.socket
start --multi-server --homedir {home} --options {dir}/{level}
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 P15.01
pin {wrong}
pin {wrong}
pin {second}
< ERR {BAD_PIN} {_...}
> PKSIGN --hash=sha256 P15.01
pin {long}
< INQUIRE NEEDPIN {_...}
> D {wrong}%00{second}
> END
< ERR {INV_VALUE} {_...}
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
> D {long}{long}{long}{long}
< ERR {LINE_TOO_LONG} {_...}
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
> D {second}
> CAN
< ERR {CANCELED} {_...}
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
> D {second}
> FROBNICATE {second}
< ERR {_} {_...}
> {second}
< ERR {UNKNOWN_CMD} {_...}
shim fail C_Login 1 CKR_DEVICE_ERROR
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
> D {escaped}
> END
< ERR {CARD} {_...}
unshim fail C_Login 1 CKR_DEVICE_ERROR
> PKSIGN --hash=sha256 P15.01
< INQUIRE NEEDPIN {_...}
> D {escaped}%00{rest}
> END
data-verify 01 sha256 {digest}
< OK
> PKSIGN --hash=sha256 P15.02
pin {wrong}
< INQUIRE NEEDPIN {_...}
> D {escaped}
> END
data-verify 02 sha256 {digest}
< OK
setdata {other}
> PKDECRYPT P15.02
< INQUIRE NEEDPIN {_...}
> CAN
< ERR {CANCELED} {_...}
setdata {c}
> PKDECRYPT P15.01
< S PADDING 0
data-is {plain}
< OK
> DISCONNECT
< OK
2> CHECKPIN
2< INQUIRE NEEDPIN {_...}
2> D half-a-PIN
2gone
> CHECKPIN
< INQUIRE NEEDPIN {_...}
> D {escaped}
> END
< OK
eof
<eof
exit 0
done
log-has C_Login = CKR_PIN_INCORRECT
log-server-has {_...}C_Login = CKR_PIN_INCORRECT
log-has CHECKPIN: OK
