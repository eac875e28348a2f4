# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# LEARN --force after a login: one call for each object, that is three for a key
# with its public key and its certificate, and ten for all the rest.  Two of these
# list the slots, two look into them (SoftHSM always has an empty one, too), the
# others are two searches.
token demo
key rsa2048 01 first cert
start
> CHECKPIN
pin 123456
< OK
> LEARN --force
<~ S KEYPAIRINFO {_} P15.01 {_...}
<~ S CERTINFO 100 P15.01
<* OK
calls-any 13
calls C_GetSlotList 2
calls C_GetTokenInfo 2
calls C_FindObjectsInit 2
calls C_FindObjects 2
calls C_FindObjectsFinal 2
calls C_GetAttributeValue 3
eof
exit 0
key p256 02 second cert
key ed25519 03 third
cert 03 third
start
> CHECKPIN
pin 123456
< OK
> LEARN --force
<~ S KEYPAIRINFO {_} P15.01 {_...}
<~ S KEYPAIRINFO {_} P15.02 {_...}
<~ S KEYPAIRINFO {_} P15.03 {_...}
<~ S CERTINFO 100 P15.03
<* OK
calls-any 19
calls C_GetAttributeValue 9
eof
exit 0
# Many keys; a certificate is not needed.
each id 04 05 06 07 08 09 0A 0B 0C 0D
key p256 {id} k{id}
done
start
> LEARN --force
<* OK
> CHECKPIN
pin 123456
< OK
> LEARN --force
<~ S KEYPAIRINFO {_} P15.0D {_...}
<* OK
calls-any 39
calls C_GetAttributeValue 29
# Without a login it is asked whether there is one.
> DISCONNECT
< OK
> LEARN --force
<* OK
> LEARN --force
<~ S KEYPAIRINFO {_} P15.0D {_...}
<* OK
calls-any 27
calls C_GetSessionInfo 1
calls C_GetAttributeValue 16
# LEARN looks at the slots only, and for new ones.
> LEARN
<~ S KEYPAIRINFO {_} P15.0D {_...}
<* OK
calls-any 4
calls C_GetSlotList 2
calls C_GetTokenInfo 2
