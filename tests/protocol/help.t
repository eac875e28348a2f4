# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# HELP lists the commands, HELP with a command prints that command's own text.
start
> HELP
<~ # SERIALNO{_...}
<~ # PKSIGN{_...}
<~ # KILLSCD{_...}
<~ # GETINFO{_...}
<* OK{_...}
> HELP PKSIGN
< # PKSIGN [--hash=<name>] <ref>|<keygrip>
<~ # {_...}DigestInfo{_...}
<* OK{_...}
> help keyinfo
< # KEYINFO [--data] <keygrip> | [--data] --list[=sign|encr|auth]
<* OK{_...}
> HELP LEARN
< # LEARN [--force] [--keypairinfo] [--reread] [--multi]
<* OK{_...}
> HELP APDU
< # APDU
<~ # Not supported: {_...}
<* OK{_...}
> HELP FROBNICATE
< ERR {UNKNOWN_COMMAND} {_...}
calls-any 0
