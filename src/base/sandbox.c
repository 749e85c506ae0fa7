#define _GNU_SOURCE   /* syscall() and realpath() */
#include "base/sandbox.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

#ifdef SANITIZED

void pm_sandbox_enter(const struct pm_sandbox *sandbox)
{
    (void)sandbox;
}

#else

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* The lower of what there is and what is wanted. */
static const struct rlimit *lower(struct rlimit *now, rlim_t most)
{
    if (now->rlim_max == RLIM_INFINITY || now->rlim_max > most)
        now->rlim_max = most;
    if (now->rlim_cur == RLIM_INFINITY || now->rlim_cur > now->rlim_max)
        now->rlim_cur = now->rlim_max;
    return now;
}

/* The type of a resource is the C library's own. Refused: as before. */
#define LIMIT(resource, most) \
    do { \
        struct rlimit now; \
        if (getrlimit((resource), &now) == 0) \
            setrlimit((resource), lower(&now, (most))); \
    } while (0)

#if defined(__linux__) && defined(__has_include)
#if __has_include(<linux/landlock.h>)
#define LANDLOCK 1
#endif
#endif

#ifdef LANDLOCK

#include <fcntl.h>
#include <limits.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Newer than the oldest header that there may be (Documentation/userspace-api/landlock.rst). */
struct ruleset { uint64_t files, network, scope; };
enum { REFER = 1 << 13, TRUNCATE = 1 << 14, DEVICES = 1 << 15, TCP = 3, SCOPES = 3 };

/* What each version of the interface can forbid, and how much of struct ruleset it knows. */
static const struct { struct ruleset rules; size_t size; } versions[] = {
    {{0x1FFF, 0, 0}, 8},
    {{0x1FFF | REFER, 0, 0}, 8},
    {{0x1FFF | REFER | TRUNCATE, 0, 0}, 8},
    {{0x1FFF | REFER | TRUNCATE, TCP, 0}, 16},
    {{0x1FFF | REFER | TRUNCATE | DEVICES, TCP, 0}, 16},
    {{0x1FFF | REFER | TRUNCATE | DEVICES, TCP, SCOPES}, 24},
};

/* Files of the folder that `output` is in may be made, written and renamed. */
static void allow_folder_of(int rules, const char *output, uint64_t forbidden)
{
    char path[PATH_MAX];
    if (strlen(output) >= sizeof path)
        return;
    if (!realpath(output, path))         /* of a link, the file that it leads to */
        memcpy(path, output, strlen(output) + 1);
    char *slash = strrchr(path, '/');
    if (slash)
        slash[slash == path] = '\0';
    int folder = open(slash ? path : ".", O_PATH | O_CLOEXEC);
    uint64_t access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
                      LANDLOCK_ACCESS_FS_REMOVE_FILE | TRUNCATE;   /* mkstemp() opens for both */
    struct landlock_path_beneath_attr rule = {.allowed_access = access & forbidden, .parent_fd = folder};
    if (folder >= 0) {
        syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
        close(folder);
    }
}

/* Whatever lies below the folder may be read. */
static void allow_reading(int rules, const char *path)
{
    int folder = open(path, O_PATH | O_CLOEXEC);
    struct landlock_path_beneath_attr rule = {.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE, .parent_fd = folder};
    if (folder < 0)
        return;
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(folder);
}

static void lock(const struct pm_sandbox *sandbox)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    const long known = sizeof versions / sizeof *versions;
    if (version < 1)
        return;
    size_t i = (size_t)(version < known ? version : known) - 1;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &versions[i].rules, versions[i].size, 0);
    if (rules < 0)
        return;
    if (sandbox->output)
        allow_folder_of(rules, sandbox->output, versions[i].rules.files);
    if (sandbox->reading)
        allow_reading(rules, sandbox->reading);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
}

#else

static void lock(const struct pm_sandbox *sandbox)
{
    (void)sandbox;
}

#endif

void pm_sandbox_enter(const struct pm_sandbox *sandbox)
{
    lock(sandbox);
#ifdef RLIMIT_DATA
    LIMIT(RLIMIT_DATA, sandbox->memory);
#endif
    LIMIT(RLIMIT_CPU, sandbox->seconds);
    LIMIT(RLIMIT_CORE, 0);
    if (!sandbox->output && !sandbox->reading)
        LIMIT(RLIMIT_NOFILE, 0);
}

#endif
