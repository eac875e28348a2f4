# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A client whose process is not known, or is no other, is sent nothing, and
# gets its answers.
token one
env _assuan_pipe_connect_pid=-1
start
> OPTION event-signal=12
< OK
log-has gets no signals
> SERIALNO
< S SERIALNO {sn}
< OK
shim absent
> SERIALNO
< ERR {ENODEV} {_...}
signals USR2 0
