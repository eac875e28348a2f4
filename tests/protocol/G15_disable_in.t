# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A module of p11-kit's registry that is disabled in this program, or enabled in
# others only, is not loaded; what is said of other programs does not matter.
token demo
key p256 02 mykey
run mkdir registry
let tools = run dirname "$SHIM"
env ASAN_OPTIONS=detect_leaks=1:verify_asan_link_order=0
env P11SHIM_REGISTRY={dir}/registry
env LD_PRELOAD={tools}/libregistry.so
run for name in off others on not-others; do cp "$SHIM" "$DIR/$name.so"; echo "module: $DIR/$name.so" >registry/$name.module; done
run echo 'disable-in: seahorse gnupg-pkcs11-scd' >>registry/off.module
run echo 'enable-in: p11-kit-proxy, firefox' >>registry/others.module
run echo 'enable-in: firefox gnupg-pkcs11-scd' >>registry/on.module
run echo 'disable-in: firefox' >>registry/not-others.module
# Of two that have the same token the first would do.
run echo 'absent' >not-others.so.script; touch on.so.script
no-provider
start
> KEYINFO --list
< S KEYINFO {grip} T {sn} P15.02 sca
< OK
log-has provider 'on': loaded from p11-kit's registry
log-has provider 'not-others': loaded from p11-kit's registry
log-excludes provider 'off'
log-excludes provider 'others'
# Nor are their libraries in the process.
run grep -q "$DIR/on.so" /proc/{pid}/maps
run ! grep -e "$DIR/off.so" -e "$DIR/others.so" /proc/{pid}/maps
# Under any name of the program's file.
run ln -s "$DAEMON" scdaemon
run printf 'SERIALNO\nBYE\n' | ./scdaemon --server --homedir home >out 2>err
run grep -q "provider 'on': loaded" err
run ! grep -e "provider 'off'" -e "provider 'others'" err
