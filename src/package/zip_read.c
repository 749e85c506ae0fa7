#include "package/zip.h"

#include <zip.h>

#include <string.h>

struct reading {
    zip_t *archive;
    struct pm_arena *arena;
    const struct pm_zip_choice *choice;   /* NULL: all entries */
    bool packs;               /* the others too, as they are packed */
    size_t left;              /* bytes that may still be inflated */
    enum pm_status status;
    const char *why;
};

static bool fail(struct reading *r, enum pm_status status, const char *why)
{
    r->status = pm_arena_failed(r->arena) ? PM_NOMEM : status;
    r->why = why;
    return false;
}

static bool fail_by(struct reading *r, zip_error_t *error)
{
    switch (zip_error_code_zip(error)) {
    case ZIP_ER_MEMORY:
        return fail(r, PM_NOMEM, "memory ran out");
    case ZIP_ER_NOZIP:
    case ZIP_ER_EOF:
        return fail(r, PM_INVALID, "it is no ZIP file, or cut off");
    default:
        return fail(r, PM_INVALID, "it is a damaged ZIP file");
    }
}

static bool open_archive(struct reading *r, struct pm_str file)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(file.p, file.n, 0, &error);
    if (source)
        r->archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (!r->archive) {
        zip_source_free(source);
        fail_by(r, &error);
    }
    zip_error_fini(&error);
    return r->archive != NULL;
}

static bool check(struct reading *r, const zip_stat_t *stat)
{
    const zip_uint64_t all = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD |
                             ZIP_STAT_CRC;
    const zip_uint64_t most_ratio = 1040;   /* deflate cannot do better than 1032 */
    if ((stat->valid & all) != all || !stat->name[0])
        return fail(r, PM_INVALID, "it is a damaged ZIP file");
    if (stat->encryption_method != ZIP_EM_NONE)
        return fail(r, PM_INVALID, "it is encrypted");
    if (stat->comp_method != ZIP_CM_STORE && stat->comp_method != ZIP_CM_DEFLATE)
        return fail(r, PM_INVALID, "it is packed in a way that packages of documents are not");
    if (stat->size / most_ratio > stat->comp_size)
        return fail(r, PM_INVALID, "it claims sizes that cannot be");
    if (r->choice && !r->packs && stat->size > PM_ZIP_BOMB && stat->size / 100 > stat->comp_size)
        return fail(r, PM_LIMIT, "what it holds is a hundred times larger than the file");
    if (stat->size > r->left)
        return fail(r, PM_LIMIT, "it holds more than 256 MiB");
    r->left -= (size_t)stat->size;
    return true;
}

/* libzip inflates on beyond the size that is declared, and compares the check sum at the end. */
static bool read_bytes(struct reading *r, zip_uint64_t index, char *bytes, zip_uint64_t size, zip_flags_t flags)
{
    char more;
    zip_file_t *file = zip_fopen_index(r->archive, index, flags);
    if (!file)
        return fail_by(r, zip_get_error(r->archive));
    bool whole = zip_fread(file, bytes, size) == (zip_int64_t)size && zip_fread(file, &more, 1) == 0;
    bool memory = zip_error_code_zip(zip_file_get_error(file)) == ZIP_ER_MEMORY;
    zip_fclose(file);
    return whole ? true : fail(r, memory ? PM_NOMEM : PM_INVALID, "its contents are damaged");
}

static bool is_folder(struct pm_str name)
{
    return name.n > 0 && name.p[name.n - 1] == '/';
}

static bool is_chosen(const struct reading *r, struct pm_str name)
{
    return !is_folder(name) && (!r->choice || r->choice->wanted(r->choice->context, name));
}

/* An entry that was passed over has no name. */
static bool read_entry(struct reading *r, zip_uint64_t index, struct pm_zip_entry *entry)
{
    zip_stat_t stat;
    if (zip_stat_index(r->archive, index, ZIP_FL_ENC_GUESS, &stat) < 0)
        return fail_by(r, zip_get_error(r->archive));
    bool chosen = !r->choice || !stat.name || is_chosen(r, pm_str(stat.name));
    if (!chosen && !r->packs)
        return true;
    if (!check(r, &stat))
        return false;
    bool packed = !chosen && stat.comp_method == ZIP_CM_DEFLATE;
    size_t size = (size_t)(packed ? stat.comp_size : stat.size);
    char *bytes = pm_arena_alloc(r->arena, size + 1);
    *entry = (struct pm_zip_entry){.name = pm_arena_str(r->arena, pm_str(stat.name)), .bytes = {bytes, size}, .packed = packed,
                                   .plain = (size_t)stat.size, .crc = stat.crc};
    if (!bytes || !entry->name.p)
        return fail(r, PM_NOMEM, "memory ran out");
    return read_bytes(r, index, bytes, size, packed ? ZIP_FL_COMPRESSED : 0);
}

static enum pm_status read_all(struct reading *r, struct pm_str file, size_t most, struct pm_zip_entry **entries, size_t *count,
                               const char **why)
{
    *count = 0;
    zip_int64_t all = open_archive(r, file) ? zip_get_num_entries(r->archive, 0) : 0;
    if ((zip_uint64_t)all > most)
        fail(r, PM_LIMIT, "it has too many entries");
    *entries = r->status == PM_OK ? pm_arena_array(r->arena, (size_t)all + 1, sizeof **entries) : NULL;
    if (!*entries && r->status == PM_OK)
        fail(r, PM_NOMEM, "memory ran out");
    for (zip_int64_t i = 0; r->status == PM_OK && i < all; i++) {
        struct pm_zip_entry entry = {0};
        if (read_entry(r, (zip_uint64_t)i, &entry) && entry.name.p && !is_folder(entry.name))
            (*entries)[(*count)++] = entry;
    }
    if (r->archive)
        zip_discard(r->archive);
    *why = r->why;
    return r->status;
}

enum pm_status pm_zip_read_some(struct pm_str file, const struct pm_zip_choice *choice, size_t most, size_t most_bytes,
                                struct pm_arena *arena, struct pm_zip_entry **entries, size_t *count, const char **why)
{
    struct reading r = {.arena = arena, .choice = choice, .left = most_bytes};
    return read_all(&r, file, most, entries, count, why);
}

enum pm_status pm_zip_read_packed(struct pm_str file, const struct pm_zip_choice *choice, size_t most, size_t most_bytes,
                                  struct pm_arena *arena, struct pm_zip_entry **entries, size_t *count, const char **why)
{
    struct reading r = {.arena = arena, .choice = choice, .packs = true, .left = most_bytes};
    return read_all(&r, file, most, entries, count, why);
}

enum pm_status pm_zip_read(struct pm_str file, size_t most, size_t most_bytes, struct pm_arena *arena, struct pm_zip_entry **entries,
                           size_t *count, const char **why)
{
    return pm_zip_read_some(file, NULL, most, most_bytes, arena, entries, count, why);
}
