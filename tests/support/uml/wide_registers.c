// SPDX-License-Identifier: Apache-2.0
// Preloaded into linux.uml, whose idea of a processor's extended registers ends at 2,696 bytes (Linux 6.1).
// On a processor with more (AMX needs 11,008) the host cuts what PTRACE_GETREGSET gives, and refuses a
// PTRACE_SETREGSET of anything but the whole, on which the second kernel dies at its first program. So a
// short write is laid over what the process has, and the whole is written. Source:
// arch/x86/kernel/fpu/regset.c, xstateregs_set; arch/x86/um.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

enum { kStateBytes = 65536, kXstate = 0x202 };  // NT_X86_XSTATE

typedef long (*Ptrace)(enum __ptrace_request, ...);

long ptrace(enum __ptrace_request request, ...) {
    static Ptrace real;
    static char whole[kStateBytes] __attribute__((aligned(64)));
    if (real == NULL) {
        real = (Ptrace)dlsym(RTLD_NEXT, "ptrace");
    }
    va_list arguments;
    va_start(arguments, request);
    const long pid = va_arg(arguments, long);
    void* address = va_arg(arguments, void*);
    void* data = va_arg(arguments, void*);
    va_end(arguments);
    const long result = real(request, pid, address, data);
    if (result == 0 || errno != EFAULT || request != PTRACE_SETREGSET || (long)address != kXstate) {
        return result;
    }
    const struct iovec* given = data;
    struct iovec all = {whole, sizeof whole};
    if (real(PTRACE_GETREGSET, pid, address, &all) != 0 || all.iov_len < given->iov_len) {
        return -1;
    }
    memcpy(whole, given->iov_base, given->iov_len);
    return real(PTRACE_SETREGSET, pid, address, &all);
}
