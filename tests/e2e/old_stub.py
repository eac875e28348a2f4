#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# Names that older daemons gave to a token, and key stubs with them.
"""usage: old_stub.py names MANUFACTURER MODEL SERIAL LABEL ID
       old_stub.py write canonical|extended STUB SERIALNO REFERENCE
       old_stub.py show STUB
       old_stub.py --self-test

names prints four lines: the serial number and key reference of 0.10, and of
0.10 as Fedora builds it.  ID is in hex.  write gives the stub of an RSA key
another serial number and reference.  show prints the two."""

import hashlib
import re
import sys

PLAIN = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def upstream(field):
    good = PLAIN + b"_=^~"
    return "".join(chr(c) if c in good else f"\\x{c:02X}"
                   for c in field.encode())


def uri(octets):
    return "".join(chr(c) if c in PLAIN + b"_-." else f"%{c:02x}"
                   for c in octets)


def serialno(token):
    digest = hashlib.sha1(token.encode()).hexdigest().upper()
    return f"D2760001240111503131{digest[:8]}1111"


def names(manufacturer, model, serial, label, key_id):
    key_id = bytes.fromhex(key_id)
    token = "/".join(map(upstream, (manufacturer, model, serial, label)))
    fields = zip(("model", "token", "manufacturer", "serial"),
                 (model, label, manufacturer, serial))
    address = "pkcs11:" + ";".join(f"{name}={uri(value.encode())}"
                                   for name, value in fields)
    return (serialno(token), f"{token}/{key_id.hex().upper()}",
            serialno(address), f"{address};id={uri(key_id)}")


def read(path):
    """n, e, serial number and reference in a stub of either form."""
    with open(path, "rb") as stream:
        data = stream.read()
    if data.startswith(b"("):
        return parse(data)
    lines = data.replace(b"\n ", b"").split(b"\n")
    key = next(line for line in lines if line.startswith(b"Key:"))
    return parse(key[len(b"Key:"):])


def parse(data):
    """The parts of the S-expression DATA, canonical or advanced."""
    atoms, i = [], 0
    while i < len(data):
        rest = data[i:]
        if match := re.match(rb"(\d+):", rest):
            end = match.end() + int(match[1])
            atoms.append(rest[match.end():end])
            i += end
        elif match := re.match(rb"#([0-9A-Fa-f\s]*)#", rest):
            atoms.append(bytes.fromhex(match[1].decode()))
            i += match.end()
        elif match := re.match(rb'"((?:[^"\\]|\\.)*)"', rest, re.DOTALL):
            atoms.append(match[1].decode("unicode_escape").encode("latin-1"))
            i += match.end()
        elif match := re.match(rb"[^\s()]+", rest):
            atoms.append(match[0])
            i += match.end()
        else:
            i += 1
    if atoms[:3] != [b"shadowed-private-key", b"rsa", b"n"] or \
            atoms[4] != b"e" or atoms[6:8] != [b"shadowed", b"t1-v1"]:
        raise ValueError(f"not the stub of an RSA key: {atoms}")
    return atoms[3], atoms[5], atoms[8].hex().upper(), atoms[9].decode()


def canonical(n, e, serial, reference):
    def atom(value):
        return b"%d:%s" % (len(value), value)
    info = atom(bytes.fromhex(serial)) + atom(reference.encode())
    return (b"(20:shadowed-private-key(3:rsa(1:n%s)(1:e%s)"
            b"(8:shadowed5:t1-v1(%s))))" % (atom(n), atom(e), info))


def extended(n, e, serial, reference):
    info = f"#{serial}##{reference.encode().hex()}#"
    return (f"Token: {serial} {reference} - -\n"
            f"Key: (shadowed-private-key (rsa (n #{n.hex().upper()}#)"
            f"(e #{e.hex().upper()}#)(shadowed t1-v1 ({info}))))\n").encode()


def write(form, path, serial, reference):
    n, e, _, _ = read(path)
    made = {"canonical": canonical, "extended": extended}[form](
        n, e, serial, reference)
    with open(path, "wb") as stream:
        stream.write(made)
    if read(path) != (n, e, serial, reference):
        raise ValueError("what was written reads differently")


def self_test():
    empty = names("SoftHSM project", "SoftHSM v2", "", "", "01")
    assert empty[0] == "D27600012401115031319909A5ED1111", empty
    assert empty[1] == r"SoftHSM\x20project/SoftHSM\x20v2///01", empty
    token = names("SafeNet, Inc.", "eToken", "0248f688", "my5110", "258dAb")
    assert token[2] == "D27600012401115031312FDDC3EC1111", token
    assert token[3].endswith(";serial=0248f688;id=%25%8d%ab"), token
    parts = (b"\x00\x8d)(#\"", b"\x01\x00\x01", "00AB", r"a\x20b/01")
    for made in canonical(*parts), extended(*parts).split(b"Key:")[1]:
        assert parse(made) == parts, made
    assert parse(rb'(shadowed-private-key (rsa (n #8D#)(e #03#)(shadowed '
                 rb't1-v1 (#00AB# "a\\x20b/01"))))')[3] == r"a\x20b/01"


def main(args):
    match args:
        case ["names", *fields] if len(fields) == 5:
            print("\n".join(names(*fields)))
        case ["write", ("canonical" | "extended"), _, _, _]:
            write(*args[1:])
        case ["show", path]:
            print("\n".join(read(path)[2:]))
        case ["--self-test"]:
            self_test()
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
