# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Without any configuration file the modules of p11-kit's registry are used:
# keys are listed and sign.
token demo
key p256 02 mykey
let digest = hash sha256 616263
run mkdir registry
let tools = run dirname "$SHIM"
env ASAN_OPTIONS=detect_leaks=1:verify_asan_link_order=0
env P11SHIM_REGISTRY={dir}/registry
env LD_PRELOAD={tools}/libregistry.so
run echo "module: $SHIM" >registry/mine.module
run test ! -e /etc/gnupg-pkcs11-scd.conf
start --multi-server --verbose --homedir {dir}/nowhere
> GETINFO card_list
< S SERIALNO {sn}
< OK
> KEYINFO --list
< S KEYINFO {grip} T {sn} P15.02 sca
< OK
> SETDATA {digest}
< OK
> PKSIGN --hash=sha256 {grip}
pin 123456
data-verify 02 sha256 {digest}
< OK
log-has provider 'mine': loaded from p11-kit's registry
