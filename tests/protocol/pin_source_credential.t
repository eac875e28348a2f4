# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A credential that the service manager hands over.
token demo
key rsa2048 01 mykey
config provider-p-pin-source credential:signing-pin
env CREDENTIALS_DIRECTORY={dir}/credentials
run umask 077; mkdir "$DIR/credentials"; echo 123456 > "$DIR/credentials/signing-pin"; chmod 440 "$DIR/credentials/signing-pin"; chmod 550 "$DIR/credentials"
start
> CHECKPIN
< OK
log-has PIN from credential:signing-pin used to unlock it
