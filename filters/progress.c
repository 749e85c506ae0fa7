#include "progress.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define WIDTH 30

/* A terminal has one bar. */
static struct {
    const char *name;
    size_t total;
    double began, drawn;
    bool terminal, shown;
} bar;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void pm_progress_start(const char *name, size_t total)
{
    bar.name = name;
    bar.total = total;
    bar.terminal = isatty(STDERR_FILENO);
    bar.began = bar.terminal ? now() : 0;
    bar.drawn = bar.began + 0.4;
    bar.shown = false;
}

void pm_progress_step(size_t done, size_t incidents)
{
    if (!bar.terminal || now() - bar.drawn < 0.1)
        return;
    bar.drawn = now();
    bar.shown = true;
    if (bar.total == 0) {
        fprintf(stderr, "\r%s: %zu incident%s", bar.name, incidents, incidents == 1 ? "" : "s");
        return;
    }
    size_t filled = done >= bar.total ? WIDTH : done * WIDTH / bar.total;
    char cells[WIDTH + 1];
    memset(cells, '.', WIDTH);
    memset(cells, '#', filled);
    cells[WIDTH] = '\0';
    size_t percent = done >= bar.total ? 100 : done * 100 / bar.total;
    fprintf(stderr, "\r%s [%s] %3zu%% %zu incident%s", bar.name, cells, percent, incidents, incidents == 1 ? "" : "s");
}

void pm_progress_wipe(void)
{
    if (bar.shown)
        fputs("\r\033[K", stderr);
    bar.shown = false;
}
