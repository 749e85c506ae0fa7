#define _XOPEN_SOURCE 700   /* realpath() */

#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEP = 64 << 10 };

static enum pm_status read_all(int file, struct pm_buf *b)
{
    struct stat info;
    if (fstat(file, &info) == 0 && S_ISDIR(info.st_mode)) {
        errno = EISDIR;
        return PM_IO;
    }
    for (;;) {
        char spare;
        size_t room = b->max - b->len < STEP ? b->max - b->len : STEP;
        char *to = room ? pm_buf_reserve(b, room) : &spare;   /* at the limit: is there one more byte? */
        if (!to)
            return b->status;
        ssize_t got = read(file, to, room ? room : 1);
        if (got > 0 && room)
            b->len += (size_t)got;
        b->data[b->len] = '\0';
        if (got > 0 && !room)
            b->status = PM_LIMIT;
        if (b->status || got == 0)
            return b->status;
        if (got < 0 && errno != EINTR)
            return PM_IO;
    }
}

enum pm_status pm_read_file(const char *path, struct pm_buf *b)
{
    if (strcmp(path, "-") == 0)
        return read_all(STDIN_FILENO, b);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return PM_IO;
    enum pm_status status = read_all(file, b);
    int error = errno;
    close(file);
    errno = error;
    return status;
}

static enum pm_status write_all(int file, const char *bytes, size_t n)
{
    while (n) {
        ssize_t done = write(file, bytes, n);
        if (done < 0 && errno != EINTR)
            return PM_IO;
        if (done > 0) {
            bytes += done;
            n -= (size_t)done;
        }
    }
    return PM_OK;
}

/* mkstemp() makes files for their owner alone; a new file gets what open() would have given it. */
static mode_t new_mode(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static int open_beside(const char *path, mode_t mode, char **name)
{
    size_t n = strlen(path);
    *name = malloc(n + sizeof ".XXXXXX");
    if (!*name)
        return -1;
    memcpy(*name, path, n);
    memcpy(*name + n, ".XXXXXX", sizeof ".XXXXXX");
    int file = mkstemp(*name);
    if (file < 0)
        return -1;
    if (fchmod(file, mode) == 0)
        return file;
    int error = errno;
    close(file);
    unlink(*name);
    errno = error;
    return -1;
}

/* A device or a pipe is written in place; a folder fails here. */
static enum pm_status write_in_place(const char *path, const void *bytes, size_t n)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return PM_IO;
    enum pm_status status = write_all(file, bytes, n);
    int error = errno;
    if (close(file) != 0 && status == PM_OK)
        return PM_IO;
    errno = error;
    return status;
}

static enum pm_status replace(const char *path, mode_t mode, const void *bytes, size_t n)
{
    char *name = NULL;
    int file = open_beside(path, mode, &name);
    enum pm_status status = name ? PM_IO : PM_NOMEM;
    if (file < 0)
        goto out;
    status = write_all(file, bytes, n);
    int error = errno;
    if (close(file) != 0 && status == PM_OK) {
        error = errno;
        status = PM_IO;
    }
    if (status == PM_OK && rename(name, path) != 0) {
        error = errno;
        status = PM_IO;
    }
    if (status != PM_OK)
        unlink(name);
    errno = error;
out:
    free(name);
    return status;
}

/* A file that is there keeps its mode, and a link to it stays a link. */
enum pm_status pm_write_file(const char *path, const void *bytes, size_t n)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return replace(path, new_mode(), bytes, n);
    if (!S_ISREG(info.st_mode))
        return write_in_place(path, bytes, n);
    char *target = realpath(path, NULL);
    if (!target)
        return errno == ENOMEM ? PM_NOMEM : PM_IO;
    enum pm_status status = replace(target, info.st_mode & 0777, bytes, n);
    int error = errno;
    free(target);
    errno = error;
    return status;
}

/* Past stdio, whose buffer would hide a failure until exit; what stands in it goes first. */
enum pm_status pm_write_stdout(const void *bytes, size_t n)
{
    if (fcntl(STDOUT_FILENO, F_GETFD) < 0 || fflush(stdout) != 0)
        return PM_IO;
    return write_all(STDOUT_FILENO, bytes, n);
}
