# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# There is one environment: of two providers that want different values the
# second is told that it does not get its own.  Values are not logged.
token demo
key p256 02 mykey
config provider-p-env A=hunter2
config provider-p-env SOFTHSM2_CONF={dir}/softhsm2.conf
config providers p, my-hsm-1, unused-2
config provider-my-hsm-1-library {module}
config provider-my-hsm-1-env A=hunter2
config provider-my-hsm-1-env SOFTHSM2_CONF=/tmp/hunter3
config provider-unused-env B=1
start
> KEYINFO --list
< S KEYINFO {_} T {_} P15.02 {_}
< OK
log-has 'provider-my-hsm-1-env' cannot set SOFTHSM2_CONF: 'provider-p-env' has another value, and all modules share one environment
log-excludes cannot set A:
log-excludes hunter
