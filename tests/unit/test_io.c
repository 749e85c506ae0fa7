#include "base/io.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/test_io.XXXXXX";

static int enter_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
    (void)state;
    return chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

static size_t files_here(void)
{
    size_t n = 0;
    DIR *d = opendir(".");
    for (struct dirent *e; (e = readdir(d)) != NULL;)
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

static void written_files_read_back(void **state)
{
    (void)state;
    struct pm_buf in, out;
    struct stat info;
    pm_buf_init(&in, 1 << 20);
    pm_buf_init(&out, 1 << 20);
    for (int i = 0; i < 50000; i++)
        pm_buf_printf(&in, "%d%c", i, i % 3 ? '\n' : '\0');
    mode_t mask = umask(027);
    assert_int_equal(pm_write_file("a", "old", 3), PM_OK);
    assert_int_equal(pm_write_file("a", in.data, in.len), PM_OK);
    umask(mask);
    assert_int_equal(pm_read_file("a", &out), PM_OK);
    assert_int_equal(out.len, in.len);
    assert_memory_equal(out.data, in.data, in.len + 1);
    assert_int_equal(stat("a", &info), 0);
    assert_int_equal(info.st_mode & 0777, 0640);
    assert_int_equal(files_here(), 1);
    unlink("a");
    pm_buf_free(&in);
    pm_buf_free(&out);
}

static void a_file_that_is_there_keeps_mode_and_links(void **state)
{
    (void)state;
    struct stat info;
    struct pm_buf b;
    pm_buf_init(&b, 100);
    assert_int_equal(pm_write_file("a", "old", 3), PM_OK);
    assert_int_equal(chmod("a", 0600), 0);
    assert_int_equal(symlink("a", "link"), 0);
    assert_int_equal(pm_write_file("link", "new", 3), PM_OK);
    assert_int_equal(lstat("link", &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(stat("a", &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(pm_read_file("a", &b), PM_OK);
    assert_string_equal(b.data, "new");
    unlink("link");
    unlink("a");
    pm_buf_free(&b);
}

static void reading_appends_and_keeps_to_the_limit(void **state)
{
    (void)state;
    struct pm_buf b;
    assert_int_equal(pm_write_file("a", "12345", 5), PM_OK);
    pm_buf_init(&b, 8);
    pm_buf_puts(&b, "abc");
    assert_int_equal(pm_read_file("a", &b), PM_OK);
    assert_string_equal(b.data, "abc12345");
    assert_int_equal(pm_read_file("a", &b), PM_LIMIT);
    assert_string_equal(b.data, "abc12345");
    unlink("a");
    pm_buf_free(&b);
}

static void failures_leave_errno(void **state)
{
    (void)state;
    struct pm_buf b;
    pm_buf_init(&b, 100);
    assert_int_equal(pm_read_file("nothing", &b), PM_IO);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(pm_read_file(".", &b), PM_IO);
    assert_int_equal(errno, EISDIR);
    assert_int_equal(pm_write_file("nowhere/a", "x", 1), PM_IO);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(pm_write_file(".", "x", 1), PM_IO);
    assert_int_equal(errno, EISDIR);
    assert_int_equal(files_here(), 0);
    pm_buf_free(&b);
}

static void devices_are_written_in_place(void **state)
{
    (void)state;
    struct stat info;
    assert_int_equal(pm_write_file("/dev/null", "x", 1), PM_OK);
    assert_int_equal(stat("/dev/null", &info), 0);
    assert_true(S_ISCHR(info.st_mode));
    assert_int_equal(pm_write_file("/dev/full", "x", 1), PM_IO);
    assert_int_equal(errno, ENOSPC);
}

static void standard_input_is_a_dash(void **state)
{
    (void)state;
    struct pm_buf b;
    int ends[2], saved = dup(STDIN_FILENO);
    pm_buf_init(&b, 1 << 20);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < 100; i++)
            if (write(ends[1], "0123456789", 10) != 10)
                _exit(1);
        _exit(0);
    }
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    assert_int_equal(pm_read_file("-", &b), PM_OK);
    assert_int_equal(b.len, 1000);
    dup2(saved, STDIN_FILENO);
    close(saved);
    waitpid(child, NULL, 0);
    pm_buf_free(&b);
}

/* In a child, whose standard output is `path`, or closed. */
static int status_of_writing_to(const char *path)
{
    int result = 0;
    pid_t child = fork();
    if (child == 0) {
        close(STDOUT_FILENO);
        if (path && open(path, O_WRONLY | O_CREAT, 0600) != STDOUT_FILENO)
            _exit(99);
        _exit((int)pm_write_stdout("some text\n", 10));
    }
    waitpid(child, &result, 0);
    return WEXITSTATUS(result);
}

static void standard_output_is_checked(void **state)
{
    (void)state;
    struct pm_buf b;
    pm_buf_init(&b, 100);
    assert_int_equal(status_of_writing_to("out"), PM_OK);
    assert_int_equal(pm_read_file("out", &b), PM_OK);
    assert_string_equal(b.data, "some text\n");
    unlink("out");
    assert_int_equal(status_of_writing_to("/dev/full"), PM_IO);
    assert_int_equal(status_of_writing_to(NULL), PM_IO);
    pm_buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_files_read_back),
        cmocka_unit_test(a_file_that_is_there_keeps_mode_and_links), cmocka_unit_test(reading_appends_and_keeps_to_the_limit),
        cmocka_unit_test(failures_leave_errno), cmocka_unit_test(devices_are_written_in_place),
        cmocka_unit_test(standard_input_is_a_dash), cmocka_unit_test(standard_output_is_checked),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
