#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A program in a container must not push characters into the terminal it was started from (TIOCSTI, TIOCLINUX).
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns seccomp

mkdir "$work/probe"
cat >"$work/probe/push.c" <<'C'
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>
static int push(unsigned long request, void* argument) {
    return syscall(SYS_ioctl, 0, request, argument) < 0 ? errno : 0;
}
int main(void) {
    char letter = 'x';
    struct winsize size;
    printf("TIOCSTI %s\n", strerror(push(TIOCSTI, &letter)));
    printf("high-bits %s\n", strerror(push(TIOCSTI | 0x100000000UL, &letter)));
    printf("TIOCLINUX %s\n", strerror(push(0x541C, &letter)));
    printf("TIOCGWINSZ %s\n", strerror(push(TIOCGWINSZ, &size)));
    return 0;
}
C
cc -static -o "$work/probe/push" "$work/probe/push.c" || bail "no compiler"

run_in_terminal() {
    script -qec "${cli[*]} run --rm $* -v '$work/probe:/probe:ro' \
welcome /probe/push" /dev/null </dev/null | tr -d '\r'
}
out=$(run_in_terminal -t)
like "TIOCSTI is refused in a terminal of the container's own" "$out" '^TIOCSTI Operation not permitted'
like "also with bits that the kernel ignores" "$out" '^high-bits Operation not permitted'
like "TIOCLINUX is refused" "$out" '^TIOCLINUX Operation not permitted'
like "an ordinary request works" "$out" '^TIOCGWINSZ Success'
out=$(run_in_terminal -i)
like "TIOCSTI is refused when standard input is passed on" "$out" \
    '^TIOCSTI (Operation not permitted|Inappropriate ioctl)'
finish
