# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# READKEY --advanced and --format=ssh; the latter is what OpenSSH
# makes of the key.
token demo
key rsa2048 01 my+rsa
key p384 02 p384 usage=s
key ed25519 03 ed
key x25519 04 box
key bp256 05 brainpool usage=s
let rsa = ssh-key 01
let ecc = ssh-key 02
let ed = ssh-key 03
start
> READKEY --format=ssh P15.01
data-text {rsa} my+rsa{_:\n}
< OK
> READKEY --format=ssh -- P15.02
data-text {ecc} p384{_:\n}
< OK
> READKEY --format=ssh -- P15.03
data-text {ed} ed{_:\n}
< OK
> READKEY --format=ssh -- P15.04
< ERR {UNKNOWN_CURVE} {_...}
> READKEY --format=ssh -- P15.05
< ERR {UNKNOWN_CURVE} {_...}
> READKEY --advanced P15.01
data-text {_:\(public-key\s+\(rsa\s+\(n #00[0-9A-F]{512}#\)\s+\(e #010001#\)\s*\)\s*\)\s*}
< OK
> READKEY --format=advanced -- P15.03
data-text {_:\(public-key\s+\(ecc\s+\(curve Ed25519\)\s+\(flags eddsa\)\s+\(q #40[0-9A-F]{64}#\)\s*\)\s*\)\s*}
< OK
> READKEY --format=ssh --info-only P15.03
< S KEYPAIRINFO {_} P15.03 {_} {_:[0-9]+} ed25519
< OK
> READKEY --format=pem P15.01
< ERR {PARAMETER} {_...}
