#define _GNU_SOURCE   /* O_PATH is in no standard */
#include "base/sandbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/io.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

static char folder[] = "/tmp/pm_sandbox.XXXXXX";
static char inside[64];

/* What a process in the sandbox finds, as its exit status. */
static int in_sandbox(const struct pm_sandbox *sandbox, int (*look)(void))
{
    int status = -1;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        pm_sandbox_enter(sandbox);
        _exit(look());
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int opens_nothing(void)
{
    return open("/dev/null", O_RDONLY) < 0 && socket(AF_INET, SOCK_STREAM, 0) < 0 ? 0 : 1;
}

static int writes_on(void)
{
    return write(STDOUT_FILENO, "", 0) == 0 ? 0 : 1;
}

static int writes_output(void)
{
    return pm_write_file(inside, "x", 1) == PM_OK ? 0 : 1;
}

static int has_little_memory(void)
{
    void *volatile large = malloc((size_t)1 << 30);
    return large ? 1 : 0;
}

static void a_process_opens_nothing_more(void **state)
{
    (void)state;
    struct pm_sandbox sandbox = {.memory = (size_t)256 << 20, .seconds = 10};
#ifdef SANITIZED
    skip();
#endif
    assert_int_equal(in_sandbox(&sandbox, opens_nothing), 0);
    assert_int_equal(in_sandbox(&sandbox, writes_on), 0);
    assert_int_equal(in_sandbox(&sandbox, has_little_memory), 0);
    assert_int_equal(in_sandbox(&sandbox, writes_output), 1);
}

static int reads_there_alone(void)
{
    int there = open("/usr/share/zoneinfo/UTC", O_RDONLY), elsewhere = open("/etc/passwd", O_RDONLY);
    return there >= 0 && elsewhere < 0 && open("/usr/share/zoneinfo/UTC", O_WRONLY) < 0 ? 0 : there < 0 ? 1 : 2;
}

static void a_folder_can_be_read(void **state)
{
    (void)state;
    struct pm_sandbox sandbox = {.reading = "/usr/share/zoneinfo", .memory = (size_t)256 << 20, .seconds = 10};
#ifdef SANITIZED
    skip();
#endif
    if (access("/usr/share/zoneinfo/UTC", R_OK) != 0)
        skip();
    int found = in_sandbox(&sandbox, reads_there_alone);
    if (found == 2)
        print_message("this kernel has no Landlock\n");
    assert_int_not_equal(found, 1);
}

static void the_output_can_still_be_made(void **state)
{
    (void)state;
    struct pm_sandbox sandbox = {.output = inside, .memory = (size_t)256 << 20, .seconds = 10};
    snprintf(inside, sizeof inside, "%s/out", folder);
    assert_int_equal(in_sandbox(&sandbox, writes_output), 0);   /* a new one */
    assert_int_equal(in_sandbox(&sandbox, writes_output), 0);   /* one that is there */
    struct pm_buf b;
    pm_buf_init(&b, 16);
    assert_int_equal(pm_read_file(inside, &b), PM_OK);
    assert_string_equal(b.data, "x");
    pm_buf_free(&b);
    unlink(inside);
}

int main(void)
{
    if (!mkdtemp(folder))
        return 1;
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_process_opens_nothing_more), cmocka_unit_test(the_output_can_still_be_made),
                                       cmocka_unit_test(a_folder_can_be_read)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return failed;
}
