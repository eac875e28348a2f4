# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Each line of the log, at the most talkative level, has time, process, level
# and topic.  Neither what a token and its keys are called nor what a client
# types makes a line of its own, or moves the cursor of who reads it.
run set -e; L=$(printf 'a\n2026-01-01 00:00:00 forged[1] error token: b\r\033[2J\302\233x\377'); "$KEYMAKER" "$MODULE" init "$(printf 'a\n2026-01-01 forged\033[2J\377')" 87654321 123456 && "$KEYMAKER" "$MODULE" gen "$(printf 'a\n2026-01-01 forged\033[2J\377')" 123456 rsa2048 01 "$L"
config log-file {dir}/log
config card-type frob\x1b[2Jnicate
start
> LEARN --force
<* OK
> CHECKPIN
pin 123456
< OK
>x 46524f421b5b324a0d0a
<* ERR {_...}
>x 474554415454522061250a
<* ERR {_...}
> GETATTR a%0A2026-01-01 00:00:00 forged[1] error token: b
<* ERR {_...}
> PKSIGN a%0Aforged%1B[2J
<* ERR {_...}
eof
exit 0
log-has token 'a?2026-01-01 forged?[2J
run ! grep -avEx '20[0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]:[0-6][0-9] gnupg-pkcs11-scd\[[0-9]+\] (error|warning|info|debug) (config|module|token|key|command|client|daemon): .*' log
run ! LC_ALL=C tr -d '\n' <log | LC_ALL=C grep -aq '[[:cntrl:]]'
run iconv -f UTF-8 -t UTF-8 log >/dev/null
run set -e; for t in config module token key client daemon; do grep -aEq "\] (error|warning|info|debug) $t: " log; done
