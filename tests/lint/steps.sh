# shellcheck shell=sh disable=SC2034,SC2154 # variables of ./dev
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
# The steps of ./dev lint: each is a function that fails if it finds something.

LINT_STEPS='gcc clang format tidy cppcheck shell layers manual licences'

# Everything but what builds left behind, one name a line.
lint_files() {
    find . -name .git -prune -o -path './build*' -prune -o -type f -print
}

lint_sources() {
    find src tests bench -name '*.[ch]' 2>/dev/null
}

# A build folder of its own for each compiler; any warning ends the build.
lint_compiler() {
    [ -f "build-lint-$1/build.ninja" ] || CC=$1 meson setup "build-lint-$1" \
        --buildtype=debugoptimized -Dwerror=true || return 1
    meson compile -C "build-lint-$1"
}

lint_gcc() {
    step 'gcc without warnings' lint_compiler gcc
}

lint_clang() {
    step 'clang without warnings' lint_compiler clang
}

lint_format() {
    # shellcheck disable=SC2046 # no source has a blank in its name
    step 'clang-format' clang-format --dry-run -Werror $(lint_sources)
}

# One file at a time: with several, clang-tidy 14 takes a va_list for
# uninitialised.
lint_tidy_all() {
    lint_sources | grep '\.c$' |
        xargs -P "$(nproc)" -n 1 clang-tidy --quiet -p build-lint-clang
}

lint_tidy() {
    step 'clang-tidy' lint_tidy_all
}

lint_cppcheck() {
    step 'cppcheck' cppcheck --project=build-lint-gcc/compile_commands.json \
        --enable=warning,performance,portability --inline-suppr --quiet \
        --suppress=missingIncludeSystem --error-exitcode=1 -j 2
}

lint_shell() {
    # shellcheck disable=SC2046 # no script has a blank in its name
    step 'shellcheck' shellcheck -x $(lint_files | while read -r file; do
        case $file in
        *.sh) echo "$file" ;;
        *) head -n 1 "$file" | grep -aqE '^#!.*[ /](sh|bash)( |$)' &&
            echo "$file" ;;
        esac
    done)
}

lint_layers() {
    step 'layers and lengths' python3 tests/lint/layers.py src
}

lint_pages() {
    set -- man/*.[1-8]
    [ -f "$1" ] || { echo 'There is no page in man/.' && return 1; }
    mandoc -T lint -W warning "$@"
}

lint_manual() {
    step 'manual pages' lint_pages
}

# What Git ignores is left out by reuse; without Git, by copying the rest.
lint_reuse() {
    if git -c safe.directory="$root" rev-parse >/dev/null 2>&1; then
        GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory \
            GIT_CONFIG_VALUE_0=$root reuse lint
    else
        mkdir "$scratch/copy" &&
            tar -cf - --exclude='./build*' . | tar -xf - -C "$scratch/copy" &&
            reuse --root "$scratch/copy" lint
    fi
}

lint_licences() {
    step 'licences' lint_reuse
}
