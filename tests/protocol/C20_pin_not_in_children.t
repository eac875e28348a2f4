# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A command that knows the PIN: it gets nothing of ours but arguments and
# environment, and neither has a PIN, also when a person typed one before.
token demo
key rsa2048 01 mykey
config pin-cache 0
config provider-p-pin-source command:{dir}/ask one  "two" $HOME
run umask 077; { echo '#!/bin/sh'; echo 'd=$(dirname "$0")'; echo 'printf "%s\n" "$@" > "$d/words"'; echo 'cat > "$d/input"'; echo 'tr "\\0" "\\n" < /proc/$$/cmdline > "$d/seen"'; echo 'env >> "$d/seen"'; echo 'ls -l /proc/$$/fd > "$d/files"'; echo 'grep -E "^Sig(Blk|Ign)" /proc/$$/status > "$d/signals"'; echo 'echo complaint >&2'; echo 'cat "$d/pin"'; } > "$DIR/ask"; chmod 700 "$DIR/ask"
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
# No signal blocked or ignored, as we have them.
run ! grep -v '[08]0000000$' "$DIR/signals"
