/* Every prefix of every example is an input: the programs must say so, or work, and never do a third thing.
 * usage: prefixes [FILE...]      (default: the examples below $srcdir)
 * PM_TEST_STEP=N takes every N-th prefix alone, for builds that run slowly. */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PDF_STEP = 61, MAX_SHOWN = 20 };

extern char **environ;

static size_t passed, failed;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void fail(const char *program, const char *file, size_t length, const char *why, int number)
{
    if (failed++ < MAX_SHOWN)
        printf("FAILED %s <(head -c %zu %s): %s (%d)\n", program, length, file, why, number);
}

static int scratch_file(void)
{
    FILE *f = tmpfile();
    int fd = f ? fcntl(fileno(f), F_DUPFD_CLOEXEC, 10) : -1;
    if (fd < 0)
        die("tmpfile");
    fclose(f);
    return fd;
}

static void rewind_to_empty(int fd)
{
    if (ftruncate(fd, 0) != 0 || lseek(fd, 0, SEEK_SET) != 0)
        die("ftruncate");
}

static size_t size_of(int fd)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        die("fstat");
    return (size_t)st.st_size;
}

/* A reader that stops early is no error of ours. */
static void feed(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t wrote = write(fd, bytes, n);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            break;
        bytes += wrote;
        n -= (size_t)wrote;
    }
}

/* Runs `program` with the bytes on a pipe; its wait status. */
static int run(const char *program, const char *bytes, size_t n, int out, int err)
{
    char *argv[] = {(char *)program, NULL};
    posix_spawn_file_actions_t actions;
    int ends[2];
    pid_t child;
    if (pipe(ends) != 0 || fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0 || posix_spawn_file_actions_init(&actions) != 0)
        die("pipe");
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
    errno = posix_spawn(&child, program, &actions, NULL, argv, environ);
    if (errno != 0)
        die(program);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[0]);
    feed(ends[1], bytes, n);
    close(ends[1]);
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            die("waitpid");
    return status;
}

static unsigned long count_lines(const char *bytes, size_t n)
{
    unsigned long lines = 1;
    for (size_t i = 0; i < n; i++)
        lines += bytes[i] == '\n';
    return lines;
}

/* The messages name places that the input has. */
static bool places_are_inside(int err, const char *bytes, size_t n)
{
    char text[4096];
    ssize_t got = pread(err, text, sizeof text - 1, 0);
    if (got < 0)
        die("pread");
    text[got] = '\0';
    unsigned long most = count_lines(bytes, n);
    for (const char *at = text; (at = strstr(at, "<stdin>:")) != NULL;) {
        at += strlen("<stdin>:");
        unsigned long line = strtoul(at, NULL, 10);
        if (line > most)
            return false;
    }
    return true;
}

static void try_prefix(const char *program, const char *file, const char *bytes, size_t n, int out, int err)
{
    rewind_to_empty(out);
    rewind_to_empty(err);
    int status = run(program, bytes, n, out, err);
    if (WIFSIGNALED(status))
        fail(program, file, n, "died by a signal", WTERMSIG(status));
    else if (WEXITSTATUS(status) > 1)
        fail(program, file, n, "bad exit status", WEXITSTATUS(status));
    else if (WEXITSTATUS(status) == 1 && size_of(out) > 0)
        fail(program, file, n, "bytes on standard output in spite of an error", (int)size_of(out));
    else if (WEXITSTATUS(status) == 1 && size_of(err) == 0)
        fail(program, file, n, "no message", 0);
    else if (WEXITSTATUS(status) == 0 && size_of(out) == 0)
        fail(program, file, n, "no output", 0);
    else if (!places_are_inside(err, bytes, n))
        fail(program, file, n, "a message names a line behind the input", 0);
    else
        passed++;
}

static char *load(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    struct stat st;
    if (!f || fstat(fileno(f), &st) != 0)
        die(path);
    *n = (size_t)st.st_size;
    char *bytes = malloc(*n + 1);
    if (!bytes || fread(bytes, 1, *n, f) != *n)
        die(path);
    fclose(f);
    return bytes;
}

static void try_file(const char *path, size_t step, int out, int err)
{
    size_t size;
    char *bytes = load(path, &size);
    size_t before = failed;
    for (size_t n = 0; n <= size; n += step)
        try_prefix("filters/pmfmt", path, bytes, n, out, err);
    for (size_t n = 0; n <= size; n += PDF_STEP * step)
        try_prefix("filters/pm2pdf", path, bytes, n, out, err);
    if (failed == before)
        printf("ok %s\n", path);
    fflush(stdout);
    free(bytes);
}

static size_t step_from_environment(void)
{
    const char *text = getenv("PM_TEST_STEP");
    unsigned long step = text ? strtoul(text, NULL, 10) : 1;
    return step > 0 ? step : 1;
}

int main(int argc, char **argv)
{
    const char *source = getenv("srcdir");
    size_t step = step_from_environment();
    char pattern[4096];
    glob_t found = {0};
    /* A sanitizer's own exit status would look like that of a bad input. */
    setenv("ASAN_OPTIONS", "abort_on_error=1", 0);
    setenv("UBSAN_OPTIONS", "abort_on_error=1:print_stacktrace=1", 0);
    signal(SIGPIPE, SIG_IGN);
    snprintf(pattern, sizeof pattern, "%s/examples/*.yaml", source ? source : ".");
    if (argc < 2 && glob(pattern, 0, NULL, &found) != 0) {
        printf("FAILED: no %s\n", pattern);
        return 1;
    }
    int out = scratch_file(), err = scratch_file();
    for (int i = 1; i < argc; i++)
        try_file(argv[i], step, out, err);
    for (size_t i = 0; i < found.gl_pathc; i++)
        try_file(found.gl_pathv[i], step, out, err);
    if (argc < 2)
        globfree(&found);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed > 0 || passed == 0;
}
