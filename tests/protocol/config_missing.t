# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Without a configuration the daemon starts; a file named on the command line
# that is not there is an error.
run "$DAEMON" --server --options {dir}/nowhere.conf </dev/null 2>err; test $? -ne 0 && grep -q nowhere.conf err
run "$DAEMON" --server --homedir {dir}/nowhere </dev/null | grep -q '^OK '
start
> NOP
< OK{_...}
