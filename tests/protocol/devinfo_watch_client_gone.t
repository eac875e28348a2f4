# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A watching client that leaves is noticed though nothing happens, and then no
# module is called any more.
token one
start
2> DEVINFO --watch
2<* S DEVINFO_END
> GETINFO connections
data-text 2
< OK
let before = run ls /proc/{pid}/task | wc -l
2gone
run for i in $(seq 1000); do [ $(ls /proc/{pid}/task | wc -l) -lt {before} ] && exit 0; sleep 0.01; done; exit 1
> GETINFO connections
data-text 1
< OK
sleep 2500
calls-any 0
