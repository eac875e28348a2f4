#!/bin/sh
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Runs a test of the shim with a fresh token:
#   test-shim.sh MAKE_TOKEN KEYMAKER TEST SHIM
set -eu

dir=$(mktemp -d "${TMPDIR:-/tmp}/test-shim.XXXXXX")
trap 'rm -rf "$dir"' EXIT
vars=$("$1" "$dir" "$2" shim 123456 rsa2048:01:rsa p256:02:p256 p521:03:p521)
eval "$vars"
export SOFTHSM2_CONF
export P11SHIM_MODULE="$MODULE"
export P11SHIM_LOG="$dir/log" P11SHIM_SCRIPT="$dir/script"
: >"$P11SHIM_SCRIPT"
export SHIM_COPY="$dir/copy.so"
cp "$4" "$SHIM_COPY"
echo 'token-text * label copy' >"$SHIM_COPY.script"
"$3" "$4"
