# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The socket is where the environment says; a place that cannot be is passed
# over.
env GNUPG_PKCS11_SOCKETDIR=/nonexistent
start
2> NOP
2< OK{_...}
log-has no socket in /nonexistent
run case $SOCKET in {dir}/tmp/*) ;; *) exit 1;; esac
