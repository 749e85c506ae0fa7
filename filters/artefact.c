#include "artefact.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "pmread"

extern char **environ;

/* PROGRAM in the folder of the program that runs; false: it is not there, or the system does not tell. */
static bool find_beside(char path[PATH_MAX])
{
    ssize_t n = readlink("/proc/self/exe", path, PATH_MAX - sizeof PROGRAM);
    while (n > 0 && path[n - 1] != '/')
        n--;
    if (n <= 0)
        return false;
    memcpy(path + n, PROGRAM, sizeof PROGRAM);
    return access(path, X_OK) == 0;
}

/* A file that the other program can open need not go through a pipe. */
static bool is_regular(const char *path)
{
    struct stat info;
    return strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* It reads all before it writes anything, so that nobody waits for the other. What it does not take it does not want. */
static void pump(struct pm_str start, FILE *file, int out)
{
    char more[16384];
    const char *from = start.p;
    for (size_t n = start.n; n > 0; from = more, n = fread(more, 1, sizeof more, file)) {
        while (n > 0) {
            ssize_t done = write(out, from, n);
            if (done < 0 && errno != EINTR)
                return;
            from += done > 0 ? done : 0;
            n -= done > 0 ? (size_t)done : 0;
        }
    }
}

/* A reader that ends early would end this program, whose output's reader may still do so. */
static void pump_without_signal(struct pm_str start, FILE *file, int out)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGPIPE, &ignore, &before);
    pump(start, file, out);
    sigaction(SIGPIPE, &before, NULL);
}

/* in, out: what its standard input and output are; in -1: ours. Returns 0 or an error. */
static int start_program(const struct pm_session *s, const char *input, int in, int out, pid_t *child)
{
    char beside[PATH_MAX];
    char *arguments[] = {PROGRAM, s->colour ? "--colour=always" : "--colour=never", s->strict ? "--strict" : "--lenient", "--",
                         (char *)(uintptr_t)input, NULL};
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error)
        return error;
    if (in >= 0)
        error = posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    if (!error)
        error = posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    if (!error)
        error = find_beside(beside) ? posix_spawn(child, beside, &actions, NULL, arguments, environ)
                                    : posix_spawnp(child, PROGRAM, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Both ends are ours alone until they are given away. */
static bool make_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return true;
}

static void close_both(const int ends[2])
{
    for (int i = 0; i < 2; i++)
        if (ends[i] >= 0)
            close(ends[i]);
}

bool pm_artefact_begin(struct pm_artefact_reader *reader, const struct pm_session *session, const char *path, FILE *file,
                       struct pm_str start)
{
    bool direct = is_regular(path);
    int to[2] = {-1, -1}, from[2] = {-1, -1};
    *reader = (struct pm_artefact_reader){NULL, -1};
    int error = (!direct && !make_pipe(to)) || !make_pipe(from) ? errno : 0;
    if (!error)
        error = start_program(session, direct ? path : "-", to[0], from[1], &reader->child);
    if (!error && !(reader->yaml = fdopen(from[0], "rb")))
        error = errno;
    if (error) {
        close_both(to);
        close_both(from);
        if (reader->child > 0)
            waitpid(reader->child, NULL, 0);
        errno = error;
        return false;
    }
    close(from[1]);
    if (direct)
        return true;
    close(to[0]);
    pump_without_signal(start, file, to[1]);
    close(to[1]);
    return true;
}

int pm_artefact_end(struct pm_artefact_reader *reader)
{
    int status = 0;
    fclose(reader->yaml);
    while (waitpid(reader->child, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
