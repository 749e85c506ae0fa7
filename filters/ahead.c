#include "ahead.h"
#include "memory.h"

#include "base/zone.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* Threads besides the one that takes the documents, which reads too when it would wait; more would wait for it. Handing over costs some
 * microseconds, so that documents go in jobs. */
enum { MAX_THREADS = 3, JOBS = 8, JOB_DOCUMENTS = 32, JOB_BYTES = 32 << 10 };

/* Bytes. A larger document is read by itself, and its bytes are not copied: what is made of them takes several times as much. */
enum { MAX_DOCUMENT = 256 << 10, MAX_UNDER_WAY = 1 << 20, STACK = 1 << 20 };

struct job {
    struct pm_arena arena;         /* bytes and incidents */
    size_t count, bytes;
    bool done;
    struct pm_parsed documents[JOB_DOCUMENTS];
};

/* Jobs are numbered; each stands in a ring. Those before `first` have been taken, those before `next` begun, those before `end`
 * handed over; `end` itself is being filled. `next`, `end`, `over` and each `done` are under the lock; the rest of a job is its
 * owner's: of the thread that reads it from `next` to `done`, else of the one that takes. */
struct pm_crew {
    pthread_mutex_t lock;
    pthread_cond_t work, done;     /* there is another job; one is done */
    size_t first, next, end;
    size_t bytes;                  /* in the jobs from first on */
    bool over;
    bool started;
    size_t thread_count;
    pthread_t threads[MAX_THREADS];
    struct pm_read_options options;
    struct job jobs[JOBS];
};

/* ---- reading ---- */

static void init_document(struct pm_parsed *d, const char *file, struct pm_str bytes, uint32_t line, enum pm_status status)
{
    *d = (struct pm_parsed){.bytes = bytes, .line = line, .status = status};
    pm_diags_init(&d->diags, file);
}

static void read_document(struct pm_parsed *d, const struct pm_read_options *options, struct pm_arena *arena)
{
    if (d->status == PM_OK)
        d->status = pm_incident_read(d->bytes, d->line, options, arena, &d->diags, &d->incident);
}

static struct job *job_at(struct pm_crew *c, size_t number)
{
    return &c->jobs[number % JOBS];
}

/* With the lock, which is open in between. */
static void do_next(struct pm_crew *c)
{
    struct job *job = job_at(c, c->next++);
    pthread_mutex_unlock(&c->lock);
    for (size_t i = 0; i < job->count; i++)
        read_document(&job->documents[i], &c->options, &job->arena);
    pthread_mutex_lock(&c->lock);
    job->done = true;
    pthread_cond_signal(&c->done);
}

static void *run(void *crew)
{
    struct pm_crew *c = crew;
    struct pm_arena zones;
    pm_arena_init(&zones);
    bool able = pm_zone_begin_thread(&zones);
    pthread_mutex_lock(&c->lock);
    while (able && !c->over) {
        if (c->next < c->end)
            do_next(c);
        else
            pthread_cond_wait(&c->work, &c->lock);
    }
    pthread_mutex_unlock(&c->lock);
    pm_arena_free(&zones);
    return NULL;
}

/* ---- threads ---- */

/* As many as there are processors besides the one that takes; PM_THREADS is for tests. */
static size_t count_threads(void)
{
    const char *forced = getenv("PM_THREADS");
    long n = forced ? strtol(forced, NULL, 10) : sysconf(_SC_NPROCESSORS_ONLN) - 1;
    return n < 0 ? 0 : n > MAX_THREADS ? MAX_THREADS : (size_t)n;
}

/* Fewer than wanted, or none, will do: the one that takes reads what nobody has. */
static void start_threads(struct pm_crew *c)
{
    pthread_attr_t attributes;
    c->started = true;
    pm_keep_memory();
    if (pthread_attr_init(&attributes) != 0)
        return;
    pthread_attr_setstacksize(&attributes, STACK);
    for (size_t wanted = count_threads(); c->thread_count < wanted; c->thread_count++)
        if (pthread_create(&c->threads[c->thread_count], &attributes, run, c) != 0)
            break;
    pthread_attr_destroy(&attributes);
}

static struct pm_crew *new_crew(const struct pm_read_options *options)
{
    struct pm_crew *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->options = *options;
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->work, NULL);
    pthread_cond_init(&c->done, NULL);
    return c;
}

static void empty_job(struct job *job)
{
    for (size_t i = 0; i < job->count; i++)
        pm_diags_free(&job->documents[i].diags);
    pm_arena_free(&job->arena);
    job->count = job->bytes = 0;
    job->done = false;
}

static void free_crew(struct pm_crew *c)
{
    pthread_mutex_lock(&c->lock);
    c->over = true;
    pthread_cond_broadcast(&c->work);
    pthread_mutex_unlock(&c->lock);
    for (size_t i = 0; i < c->thread_count; i++)
        pthread_join(c->threads[i], NULL);
    for (size_t i = 0; i < JOBS; i++)
        empty_job(&c->jobs[i]);
    pthread_cond_destroy(&c->done);
    pthread_cond_destroy(&c->work);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

/* ---- taking ---- */

/* Waits until the first job is done, and reads another while there is one that nobody has begun. */
static void await_first(struct pm_crew *c)
{
    pthread_mutex_lock(&c->lock);
    while (!job_at(c, c->first)->done) {
        if (c->next < c->end)
            do_next(c);
        else
            pthread_cond_wait(&c->done, &c->lock);
    }
    pthread_mutex_unlock(&c->lock);
}

static void take_first(struct pm_ahead *a)
{
    struct pm_crew *c = a->crew;
    struct job *job = job_at(c, c->first);
    await_first(c);
    for (size_t i = 0; i < job->count && !a->over; i++)
        a->over = !a->take(a->context, &job->documents[i]);
    c->bytes -= job->bytes;
    c->first++;
    empty_job(job);
}

static bool is_first_done(struct pm_crew *c)
{
    pthread_mutex_lock(&c->lock);
    bool done = job_at(c, c->first)->done;
    pthread_mutex_unlock(&c->lock);
    return done;
}

static bool is_full(const struct pm_crew *c)
{
    return c->end - c->first == JOBS - 1 || c->bytes > MAX_UNDER_WAY;
}

/* ---- putting in ---- */

static void hand_over(struct pm_crew *c)
{
    c->bytes += job_at(c, c->end)->bytes;
    pthread_mutex_lock(&c->lock);
    c->end++;
    pthread_cond_signal(&c->work);
    pthread_mutex_unlock(&c->lock);
}

static void read_at_once(struct pm_ahead *a, struct pm_str bytes, uint32_t line, enum pm_status found)
{
    struct pm_arena arena;
    struct pm_parsed document;
    pm_ahead_finish(a);
    if (a->over)
        return;
    pm_arena_init(&arena);
    init_document(&document, a->file, bytes, line, found);
    read_document(&document, &a->options, &arena);
    a->over = !a->take(a->context, &document);
    pm_diags_free(&document.diags);
    pm_arena_free(&arena);
}

static void put_in_job(struct pm_ahead *a, struct pm_str bytes, uint32_t line)
{
    struct pm_crew *c = a->crew;
    struct job *job = job_at(c, c->end);
    struct pm_str copy = pm_arena_str(&job->arena, bytes);
    init_document(&job->documents[job->count++], a->file, copy, line, copy.p ? PM_OK : PM_NOMEM);
    job->bytes += bytes.n;
    if (job->bytes < JOB_BYTES && job->count < JOB_DOCUMENTS)
        return;
    hand_over(c);
    if (!c->started && c->end - c->first > 1)
        start_threads(c);
    /* One for the one that was put in: who took all that are done would leave the threads without work meanwhile. */
    bool ready = is_full(c) || is_first_done(c);
    for (; !a->over && c->first < c->end && ready; ready = is_full(c))
        take_first(a);
}

void pm_ahead_init(struct pm_ahead *a, bool lenient, pm_take_parsed *take, void *context)
{
    *a = (struct pm_ahead){.options = {.lenient = lenient}, .take = take, .context = context};
}

void pm_ahead_free(struct pm_ahead *a)
{
    if (a->crew)
        free_crew(a->crew);
    a->crew = NULL;
}

void pm_ahead_begin(struct pm_ahead *a, const char *file)
{
    a->file = file;
    a->any = false;
}

void pm_ahead_add(struct pm_ahead *a, struct pm_str bytes, uint32_t line, enum pm_status found)
{
    if (a->over)
        return;
    bool alone = !a->any || found != PM_OK || bytes.n > MAX_DOCUMENT;
    a->any = true;
    if (!alone && !a->crew)
        a->crew = new_crew(&a->options);
    if (alone || !a->crew)
        read_at_once(a, bytes, line, found);
    else
        put_in_job(a, bytes, line);
}

void pm_ahead_finish(struct pm_ahead *a)
{
    struct pm_crew *c = a->crew;
    if (!c || a->over)
        return;
    if (job_at(c, c->end)->count > 0)
        hand_over(c);
    while (!a->over && c->first < c->end)
        take_first(a);
}
