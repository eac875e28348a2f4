# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A configuration full of rubbish is no reason to fall over.
run head -c 65536 /dev/urandom >bad.conf
start --server --options {dir}/bad.conf
> GETINFO version
data-text 3.{_...}
< OK
