/* SPDX-License-Identifier: Apache-2.0 */
/* Nanoseconds per system call, the fastest of ROUNDS rounds: getppid(2), which does nothing, so that the
 * difference between two runs is the seccomp filter. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char** argv) {
    const long calls = 200000;
    const int rounds = argc > 1 ? atoi(argv[1]) : 30;
    double best = 1e9;
    for (int round = 0; round < rounds; ++round) {
        const double begin = seconds();
        for (long i = 0; i < calls; ++i) {
            syscall(SYS_getppid);
        }
        const double spent = (seconds() - begin) / (double)calls * 1e9;
        best = spent < best ? spent : best;
    }
    printf("%.1f\n", best);
    return 0;
}
