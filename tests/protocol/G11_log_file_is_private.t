# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# A log file is made with mode 0600, whatever the umask is; one that was open to
# others is not so any more.  In the place of a symbolic link nothing is written
# or made; the daemon says so, and serves.
run : >old; chmod 666 old; echo kept >target; ln -s target link; ln -s nothing dangling
each how keyword option
run set -e; umask 0; rm -f new; if [ {how} = keyword ]; then echo "log-file $DIR/new" >conf; set --; else : >conf; set -- --log-file "$DIR/new"; fi; echo BYE | "$DAEMON" --server --homedir home --options conf --verbose "$@"; test "$(stat -c %a new)" = 600; grep -q ready new
done
run set -e; umask 0; chmod 666 old; echo BYE | "$DAEMON" --server --homedir home --options /dev/null --verbose --log-file "$DIR/old"; test "$(stat -c %a old)" = 600; grep -q ready old
run set -e; for l in link dangling; do echo BYE | "$DAEMON" --server --homedir home --options /dev/null --verbose --log-file "$DIR/$l" 2>said | grep -q 'OK closing'; grep -q "error config: cannot write the log to $DIR/$l: it is a symbolic link, and none is followed: name the file itself; it goes here instead" said; grep -q ready said; done; test "$(cat target)" = kept; test ! -e nothing
