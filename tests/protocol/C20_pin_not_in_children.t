# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A command that knows the PIN: it gets nothing of ours but arguments and
# environment, and neither has a PIN, also when a person typed one before.
token demo
key rsa2048 01 mykey
config pin-cache 0
config provider-p-pin-source command:{dir}/ask one  "two" $HOME
# It looks for blocked signals before it waits for anything: shells unblock them.
run printf '%s\n' '#!/bin/sh' 'd=${0%/*} t=blocked' 'trap t=taken TERM' 'kill -TERM $$' 'echo $t > "$d/signals"' 'printf "%s\n" "$@" > "$d/words"' 'cat > "$d/input"' 'tr "\0" "\n" < /proc/$$/cmdline > "$d/seen"' 'env >> "$d/seen"' 'ls -l /proc/$$/fd > "$d/files"' 'grep ^SigIgn /proc/$$/status >> "$d/signals"' 'echo complaint >&2' 'exec cat "$d/pin"' > "$DIR/ask"; chmod 700 "$DIR/ask"
let digest = hash sha256 616263
start
> SETDATA {digest}
< OK
# It fails: there is no PIN yet.
> PKSIGN --hash=sha256 P15.01
pin 123456
data-verify 01 sha256 {digest}
< OK
log-has complaint
log-has {dir}/ask did not end with status 0: no PIN is taken from it
run umask 077; echo 123456 > "$DIR/pin"
> PKSIGN --hash=sha256 P15.01
data-verify 01 sha256 {digest}
< OK
log-has PIN from command:{dir}/ask used to sign
run printf '%s\n' one '"two"' '$HOME' | cmp - "$DIR/words"
run test ! -s "$DIR/input"
run ! grep -q 123456 "$DIR/seen"
run ! grep -q socket "$DIR/files"
# No signal blocked or ignored, as we have them; but for two of the C library.
run grep -qx taken "$DIR/signals"
run grep -q '^SigIgn:.*[08]0000000$' "$DIR/signals"
