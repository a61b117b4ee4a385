// SPDX-License-Identifier: Apache-2.0
// First program of the embedded image: says in words what a container is for the process inside it, each line
// read from the kernel at that moment. With a terminal on standard input it then becomes a shell.
//
// It only reads what the kernel shows to any process, so what it cannot know it does not claim: ids and
// namespaces are seen from inside, and where two maps lie on top of each other only the inner one is visible
// (user_namespaces(7)).
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <grp.h>
#include <ifaddrs.h>
#include <inttypes.h>
#include <linux/capability.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

enum { kLineWidth = 84 };

static void heading(const char* text) {
    printf("\n%s%s%s\n", isatty(1) ? "\033[1m" : "", text, isatty(1) ? "\033[0m" : "");
}

static void row(const char* name, const char* text) {
    printf("  %-12s %s\n", name, text);
}

// Value of a line "Name:\tvalue" of /proc/self/status; false when the kernel does not have it.
static bool statusField(const char* name, char* value, size_t size) {
    FILE* file = fopen("/proc/self/status", "re");
    if (!file) {
        return false;
    }
    char line[512];
    bool found = false;
    const size_t length = strlen(name);
    while (!found && fgets(line, sizeof line, file)) {
        if (strncmp(line, name, length) == 0 && line[length] == ':') {
            const char* start = line + length + 1 + strspn(line + length + 1, " \t");
            snprintf(value, size, "%.*s", (int)strcspn(start, "\n"), start);
            found = true;
        }
    }
    fclose(file);
    return found;
}

static void printMap(const char* word, const char* path) {
    FILE* file = fopen(path, "re");
    if (!file) {
        row(word, "unknown: /proc is not mounted");
        return;
    }
    char line[128];
    while (fgets(line, sizeof line, file)) {
        uint64_t inside = 0;
        uint64_t outside = 0;
        uint64_t count = 0;
        if (sscanf(line, "%" SCNu64 " %" SCNu64 " %" SCNu64, &inside, &outside, &count) != 3) {
            continue;
        }
        char text[128];
        if (count == UINT32_MAX) {
            snprintf(text, sizeof text, "none: these are the ids of the machine itself");
        } else if (count == 1) {
            snprintf(text, sizeof text, "%" PRIu64 " here is %" PRIu64 " outside", inside, outside);
        } else {
            snprintf(text, sizeof text,
                     "%" PRIu64 " to %" PRIu64 " here are %" PRIu64 " to %" PRIu64 " outside", inside,
                     inside + count - 1, outside, outside + count - 1);
        }
        row(word, text);
    }
    fclose(file);
}

static bool mapIsIdentity(void) {
    FILE* file = fopen("/proc/self/uid_map", "re");
    uint64_t inside = 1;
    uint64_t outside = 0;
    uint64_t count = 0;
    const bool read =
        file && fscanf(file, "%" SCNu64 " %" SCNu64 " %" SCNu64, &inside, &outside, &count) == 3;
    if (file) {
        fclose(file);
    }
    return read && inside == outside && count != UINT32_MAX;
}

static void printIdentity(void) {
    heading("Who you are");
    char text[256];
    snprintf(text, sizeof text, "uid %u, gid %u%s", getuid(), getgid(),
             getuid() == 0 ? " (root, but only in here)" : "");
    row("inside", text);
    printMap("user ids", "/proc/self/uid_map");
    printMap("group ids", "/proc/self/gid_map");
    if (mapIsIdentity()) {
        row("", "Outside is the user namespace that Coracle keeps for you; its 0 is your own user.");
    }
    row("", "Files you make as root in a shared folder belong to you on your computer.");
}

struct Namespace {
    const char* file;
    const char* words;
    unsigned long first;  // inode of the machine's first namespace, include/uapi/linux/nsfs.h; 0: not fixed
};

static void printNamespaces(void) {
    static const struct Namespace kNamespaces[] = {
        {"user", "users and what they may do", 0xEFFFFFFDUL},
        {"mnt", "folders and files", 0xEFFFFFF8UL},
        {"pid", "processes", 0xEFFFFFFCUL},
        {"net", "network", 0xEFFFFFF9UL},
        {"ipc", "shared memory", 0xEFFFFFFFUL},
        {"uts", "host name", 0xEFFFFFFEUL},
        {"cgroup", "resource groups", 0xEFFFFFFBUL},
        {"time", "clocks since boot", 0xEFFFFFFAUL},
    };
    heading("What is separate (namespaces)");
    for (size_t i = 0; i < sizeof kNamespaces / sizeof kNamespaces[0]; ++i) {
        char path[64];
        char target[64] = "";
        unsigned long inode = 0;
        snprintf(path, sizeof path, "/proc/self/ns/%s", kNamespaces[i].file);
        if (readlink(path, target, sizeof target - 1) < 0 || !strchr(target, '[')) {
            continue;
        }
        inode = strtoul(strchr(target, '[') + 1, NULL, 10);
        char text[128];
        snprintf(text, sizeof text, "%-28s %s", kNamespaces[i].words,
                 inode == kNamespaces[i].first ? "shared with the machine" : target);
        row(kNamespaces[i].file, text);
    }
}

static void printCapabilities(const char* word, const char* field) {
    static const char* const kNames[] = {
        "chown",
        "dac_override",
        "dac_read_search",
        "fowner",
        "fsetid",
        "kill",
        "setgid",
        "setuid",
        "setpcap",
        "linux_immutable",
        "net_bind_service",
        "net_broadcast",
        "net_admin",
        "net_raw",
        "ipc_lock",
        "ipc_owner",
        "sys_module",
        "sys_rawio",
        "sys_chroot",
        "sys_ptrace",
        "sys_pacct",
        "sys_admin",
        "sys_boot",
        "sys_nice",
        "sys_resource",
        "sys_time",
        "sys_tty_config",
        "mknod",
        "lease",
        "audit_write",
        "audit_control",
        "setfcap",
        "mac_override",
        "mac_admin",
        "syslog",
        "wake_alarm",
        "block_suspend",
        "audit_read",
        "perfmon",
        "bpf",
        "checkpoint_restore",
    };
    char value[64];
    if (!statusField(field, value, sizeof value)) {
        return;
    }
    const uint64_t bits = strtoull(value, NULL, 16);
    const unsigned known = sizeof kNames / sizeof kNames[0];
    unsigned count = 0;
    for (unsigned i = 0; i < known; ++i) {
        count += (unsigned)(bits >> i & 1U);
    }
    char text[64];
    snprintf(text, sizeof text, "%s%u of %u capabilities", count == known ? "all " : "", count, known);
    row(word, count == 0 ? "none" : text);
    if (count == 0 || count == known) {
        return;
    }
    int column = 0;
    for (unsigned i = 0; i < known; ++i) {
        if ((bits >> i & 1U) != 0) {
            if (column == 0 || column > kLineWidth) {
                column = printf("%s%15s", column == 0 ? "" : "\n", "") - 1;
            }
            column += printf("%s ", kNames[i]);
        }
    }
    putchar('\n');
}

static void printLimits(void) {
    char value[64];
    char text[128];
    heading("What you may do");
    char most[64] = "";
    printCapabilities("rights", "CapEff");
    if (statusField("CapEff", value, sizeof value) && statusField("CapBnd", most, sizeof most) &&
        strcmp(value, most) != 0) {
        printCapabilities("at most", "CapBnd");
    }
    row("", "They hold for what belongs to this container, never for the machine.");
    if (statusField("Seccomp", value, sizeof value)) {
        char filters[64] = "?";
        statusField("Seccomp_filters", filters, sizeof filters);
        if (strcmp(value, "2") == 0) {
            snprintf(text, sizeof text, "on, %s filter%s", filters, strcmp(filters, "1") == 0 ? "" : "s");
        } else {
            snprintf(text, sizeof text, "off: every system call reaches the kernel");
        }
        row("seccomp", text);
    }
    if (statusField("NoNewPrivs", value, sizeof value)) {
        row("new rights", strcmp(value, "1") == 0
                              ? "never (no_new_privs)"
                              : "by setuid programs of the image, up to the container's own");
    }
}

// mountinfo writes a blank as \040 and so on; proc_pid_mountinfo(5).
static void unescape(char* text) {
    char* out = text;
    for (const char* in = text; *in != '\0';) {
        if (in[0] == '\\' && in[1] >= '0' && in[1] <= '3' && in[2] != '\0' && in[3] != '\0') {
            const int byte = (in[1] - '0') * 64 + (in[2] - '0') * 8 + (in[3] - '0');
            *out++ = byte < ' ' ? '?' : (char)byte;
            in += 4;
        } else {
            *out++ = *in++;
        }
    }
    *out = '\0';
}

static void printMounts(void) {
    enum { kMostMounts = 16 };
    FILE* file = fopen("/proc/self/mountinfo", "re");
    heading("What you see (mounts)");
    if (!file) {
        return;
    }
    char line[4096];
    unsigned count = 0;
    unsigned hidden = 0;
    while (fgets(line, sizeof line, file)) {
        char target[1024];
        char options[256];
        char type[64];
        const char* tail = strstr(line, " - ");
        if (sscanf(line, "%*s %*s %*s %*s %1023s %255s", target, options) != 2 || !tail ||
            sscanf(tail + 3, "%63s", type) != 1) {
            continue;
        }
        const bool mask = strncmp(target, "/proc/", 6) == 0 || strncmp(target, "/sys/", 5) == 0;
        const bool device = strncmp(target, "/dev/", 5) == 0 && strcmp(target, "/dev/shm") != 0;
        if (mask || device || count == kMostMounts) {
            ++hidden;
            continue;
        }
        unescape(target);
        const bool readOnly = strcmp(options, "ro") == 0 || strncmp(options, "ro,", 3) == 0;
        char text[128];
        snprintf(text, sizeof text, "%s, %s", type, readOnly ? "read only" : "read and write");
        printf("  %-24s %s\n", target, text);
        ++count;
    }
    fclose(file);
    if (hidden > 0) {
        printf("  and %u below /proc, /sys and /dev that hide or lend single files\n", hidden);
    }
}

static void printNetwork(void) {
    struct ifaddrs* list = NULL;
    heading("Network");
    if (getifaddrs(&list) != 0) {
        return;
    }
    bool way_out = false;
    for (const struct ifaddrs* entry = list; entry; entry = entry->ifa_next) {
        if (!entry->ifa_addr || entry->ifa_addr->sa_family != AF_INET) {
            continue;
        }
        char address[INET_ADDRSTRLEN];
        struct sockaddr_in in;
        memcpy(&in, entry->ifa_addr, sizeof in);
        row(entry->ifa_name, inet_ntop(AF_INET, &in.sin_addr, address, sizeof address));
        way_out = way_out || strcmp(entry->ifa_name, "lo") != 0;
    }
    freeifaddrs(list);
    if (!way_out) {
        row("", "No way out: nothing in here can reach a network.");
    }
}

int main(void) {
    struct utsname name;
    printf(
        "Welcome aboard. This is a Coracle container: an ordinary process on your own kernel,\n"
        "started without root and without a daemon.\n");
    printIdentity();
    printNamespaces();
    printLimits();
    printNetwork();
    printMounts();
    if (uname(&name) == 0) {
        heading("Where you are");
        row("host name", name.nodename);
        row("kernel", name.release);
    }
    if (!isatty(0)) {
        printf("\nFor a shell in here: coracle run --rm -it welcome\n");
        return 0;
    }
    printf("\nThis is a shell with busybox's tools. 'exit' leaves the container.\n");
    fflush(stdout);
    execl("/bin/sh", "sh", (char*)NULL);
    perror("welcome: start '/bin/sh'");
    return 127;
}
