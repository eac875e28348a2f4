# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A log that was moved away is written anew; a new name counts, and so do
# "verbose" and "debug-all", both ways.
token demo
config log-file {dir}/log
start
> NOP
< OK
run mv log moved
> RELOADCONF
< OK
> NOP
< OK
run grep -q 'configuration was read anew' log
run test "$(stat -c %a log)" = 600
run ! grep -q 'configuration was read anew' moved
# Mistakes are in the new one.
run mv log second
config no-such-keyword
> RELOADCONF
< S WARNING configuration 0 1 line{_...}
< OK
run grep -q no-such-keyword log
unconfig no-such-keyword
unconfig log-file {dir}/log
config log-file {dir}/another
> RELOADCONF
< OK
run mv another first
> SERIALNO
<* OK
run grep -q C_Initialize first
# A debugger's log is no more, as of the next line.
run printf 'log-file %s/quiet\nproviders p\nprovider-p-library %s\n' "$DIR" "$SHIM" >"{home}/gnupg-pkcs11-scd.conf"
> RELOADCONF
< OK
> SERIALNO
<* OK
run grep -q 'configuration was read anew' quiet
run ! grep -q C_Initialize quiet
run ! grep -q SERIALNO quiet
# One that cannot be opened is none.
run printf 'log-file /nowhere/log\n' >>"{home}/gnupg-pkcs11-scd.conf"
> RELOADCONF
< OK
> SERIALNO
<* OK
