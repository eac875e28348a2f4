# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module whose C_Finalize does not come back holds up a reload for a moment;
# it cannot be used any more, but others can, and the daemon ends.
token one
token two
run cp "$SHIM" "$DIR/other.so" && echo 'absent one' >"$DIR/other.so.script"
shim absent two
no-provider
config providers p, q
config provider-p-library {shim}
config provider-q-library {dir}/other.so
start
> GETINFO card_list
< S SERIALNO {one}
< S SERIALNO {two}
< OK
shim delay C_Finalize 600000
> RELOADCONF
< OK
log-has provider 'p' does not end
> GETINFO card_list
< S SERIALNO {two}
< OK
log-has provider 'p' did not end when it was to be unloaded
> RELOADCONF
< OK
eof
exit 0
socket-gone
