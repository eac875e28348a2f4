# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The log goes to a socket, from the configuration or the command line: one at
# a path, GnuPG's own in its socket directory, one of TCP.  Lines are as
# watchgnupg wants them.  Nobody has to listen there: the daemon says so once,
# serves, and goes on with the next line that somebody takes.
token demo
key p256 01 mykey
config log-file socket://{dir}/S.log
each round 1 2
log-server {dir}/S.log
start
log-server-has gnupg-pkcs11-scd[{pid}]: info daemon: version {_...}, ready
> CHECKPIN
pin {pin}
< OK
log-server-has gnupg-pkcs11-scd[{pid}]: debug module: p: C_Login = CKR_OK
log-server-has gnupg-pkcs11-scd[{pid}]: info token: token 'demo': logged in
# It goes, and comes back.
log-server-gone
> KEYINFO --list
< S KEYINFO {_...}
< OK
> CHECKPIN
< OK
log-has gnupg-pkcs11-scd[{pid}]: cannot write the log to socket://{dir}/S.log: No such file or directory; lines are lost until that changes
log-server {dir}/S.log
> DISCONNECT
< OK
log-server-has gnupg-pkcs11-scd[{pid}]: debug client: DISCONNECT: OK
eof
exit 0
log-server-has gnupg-pkcs11-scd[{pid}]: info daemon: ending: {_...}
log-server-gone
done
run test "$(grep -c 'cannot write the log' stderr)" = 2
# On the command line; there at last.
start --multi-server --homedir {home} --log-file socket://{dir}/other
> CHECKPIN
pin {pin}
< OK
log-server {dir}/other
> SERIALNO
<* OK
log-server-has gnupg-pkcs11-scd[{pid}]: debug client: SERIALNO: OK
eof
exit 0
# GnuPG's own: a home that is no user's has its sockets in itself.
log-server {home}/S.log
start --multi-server --homedir {home} --log-file socket://
log-server-has gnupg-pkcs11-scd[{pid}]: info daemon: version {_...}, ready
eof
exit 0
log-server port
start --multi-server --homedir {home} --log-file tcp://127.0.0.1:{port}
log-server-has gnupg-pkcs11-scd[{pid}]: info daemon: version {_...}, ready
log-server-gone
> SERIALNO
<* OK
> SERIALNO
<* OK
log-has cannot write the log to tcp://127.0.0.1:{port}:
eof
exit 0
# Nobody who takes connections, nor reads what there is in them.
log-server-deaf {dir}/deaf
start --multi-server --homedir {home} --log-file socket://{dir}/deaf
each round 0 1 2 3 4 5 6 7 8 9
each round 0 1 2 3 4 5 6 7 8 9
> LEARN --force
<* OK
> KEYINFO --list
<* OK
done
done
log-has cannot write the log to socket://{dir}/deaf: Connection timed out; lines are lost until that changes
eof
exit 0
