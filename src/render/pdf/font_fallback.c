#include "render/pdf/font_internal.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_DEPTH = 8, MAX_FILES = 100000 };

static bool is_font_name(const char *name)
{
    static const char *const endings[] = {".ttf", ".otf", ".ttc", ".otc"};
    size_t n = strlen(name);
    for (size_t i = 0; n > 4 && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(name + n - 4, endings[i]) == 0)
            return true;
    return false;
}

static char *join(const char *folder, const char *name)
{
    size_t n = strlen(folder) + strlen(name) + 2;
    char *path = malloc(n);
    if (path)
        snprintf(path, n, "%s/%s", folder, name);
    return path;
}

static void add_file(struct pm_font_files *files, char *path, size_t order)
{
    if (files->count == files->cap) {
        size_t cap = files->cap ? files->cap * 2 : 256;
        struct pm_font_file *grown = cap <= MAX_FILES ? realloc(files->files, cap * sizeof *grown) : NULL;
        if (!grown) {
            files->failed = files->failed || cap <= MAX_FILES;
            free(path);
            return;
        }
        files->files = grown;
        files->cap = cap;
    }
    files->files[files->count++] = (struct pm_font_file){strrchr(path, '/') + 1, path, order};
}

/* What has no font's name is tried as a folder: that is cheaper than asking the system of each what it is. */
static void list_folder(struct pm_font_files *files, const char *folder, size_t order, int depth)
{
    DIR *dir = opendir(folder);
    if (!dir) {
        files->failed = files->failed || errno == ENOMEM;
        return;
    }
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        char *path = join(folder, entry->d_name);
        files->failed = files->failed || !path;
        if (path && is_font_name(entry->d_name)) {
            add_file(files, path, order);
            continue;
        }
        if (path && depth < MAX_DEPTH)
            list_folder(files, path, order, depth + 1);
        free(path);
    }
    closedir(dir);
}

static void list_home(struct pm_font_files *files, const char *name, size_t order)
{
    const char *home = getenv("HOME");
    if (!home || home[0] != '/')
        return;
    char *folder = join(home, name);
    files->failed = files->failed || !folder;
    if (folder)
        list_folder(files, folder, order, 0);
    free(folder);
}

/* PM_FONT_PATH: folders with ':' between them; returns how many. */
static size_t list_given(struct pm_font_files *files)
{
    size_t order = 0;
    for (const char *p = getenv("PM_FONT_PATH"); p && *p; order++) {
        size_t n = strcspn(p, ":");
        char *folder = malloc(n + 1);
        files->failed = files->failed || !folder;
        if (folder) {
            memcpy(folder, p, n);
            folder[n] = '\0';
            if (n)
                list_folder(files, folder, order, 0);
        }
        free(folder);
        p += n + (p[n] == ':');
    }
    return order;
}

/* The order that readdir() gives is the file system's; this one is the same everywhere. */
static int by_name(const void *a, const void *b)
{
    const struct pm_font_file *x = a, *y = b;
    int d = strcmp(x->name, y->name);
    if (d == 0 && x->order != y->order)
        d = x->order < y->order ? -1 : 1;
    return d ? d : strcmp(x->path, y->path);
}

static void list_all(struct pm_font_files *files)
{
    size_t order = list_given(files);
    list_folder(files, "/usr/share/fonts", order++, 0);
    list_folder(files, "/usr/local/share/fonts", order++, 0);
    list_home(files, ".local/share/fonts", order++);
    list_home(files, ".fonts", order);
    if (files->count)
        qsort(files->files, files->count, sizeof *files->files, by_name);
    files->listed = true;
}

const char *pm_font_files_find(struct pm_font_files *files, const char *name)
{
    if (strchr(name, '/'))
        return name;
    if (!files->listed)
        list_all(files);
    size_t low = 0, high = files->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(files->files[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < files->count && strcmp(files->files[low].name, name) == 0 ? files->files[low].path : NULL;
}

void pm_font_files_free(struct pm_font_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->files[i].path);
    free(files->files);
    *files = (struct pm_font_files){0};
}
