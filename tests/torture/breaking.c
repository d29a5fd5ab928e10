/* Bad luck on order: the k-th operation on files below a folder fails, or kills its process.

   Loaded before the C library (LD_PRELOAD), so that it sees what Python and SQLite do alike. Counts
   nothing until `breaking_arm` is called. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { OPEN = 1, WRITE = 2, SYNC = 4, RENAME = 8, MKDIR = 16, UNLINK = 32, LINK = 64, CHMOD = 128,
       TRUNCATE = 256, LOOK = 512, READ = 1024 };
enum { COUNT, FAIL, FAIL_ON, KILL_BEFORE, KILL_WITHIN, KILL_AFTER, SHORT };
#define FILES 4096

static char top[4096];
static int mode, error_number, struck;
static long wanted, seen;
static int report = -1;
static char written[FILES]; /* by descriptor: opened to be written below the folder */
static char looked[FILES];  /* opened to be read */

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Begin: `kinds` is a set of the operations that are struck, `fd` is told which one was, or where
   nothing is to be struck, all of them. Operations of all kinds are counted. */
void breaking_arm(const char *folder, long k, int how, int number, int kinds, int fd) {
    snprintf(top, sizeof top, "%s", folder);
    wanted = k; mode = how; error_number = number; struck = kinds; report = fd; seen = 0;
}

static int below(const char *path) {
    size_t length = strlen(top);
    return length && path && !strncmp(path, top, length) && (path[length] == '/' || !path[length]);
}

static void say(int kind, const char *name, const char *path) {
    char line[8192];
    int size = snprintf(line, sizeof line, "%d %s %s\n", kind, name, path + strlen(top));
    if (report >= 0) (void)!REAL(write)(report, line, size);
}

static const char *path_of(int fd, char *buffer, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, buffer, size - 1);
    buffer[length > 0 ? length : 0] = 0;
    return buffer;
}

/* What becomes of an operation: 0 it is done, 1 it fails, 2 it is done and the process killed,
   3 half of it is done and the process killed, 4 half of it is done. */
static int luck(int kind, const char *name, const char *path) {
    seen++;
    int is_hit = mode == FAIL_ON ? seen >= wanted : seen == wanted;
    if (mode != COUNT && (!is_hit || !(struck & kind))) return 0;
    say(kind, name, path);
    switch (mode) {
    case FAIL: case FAIL_ON: errno = error_number; return 1;
    case KILL_BEFORE: kill(getpid(), SIGKILL); pause(); return 0;
    case KILL_WITHIN: return kind == WRITE ? 3 : 2;
    case KILL_AFTER: return 2;
    case SHORT: return kind == WRITE ? 4 : 0;
    }
    return 0;
}
static void after(int fate) {
    if (fate == 2 || fate == 3) { kill(getpid(), SIGKILL); pause(); }
}

static int is_for_writing(int flags) { return (flags & O_ACCMODE) != O_RDONLY; }

#define OPENING(call, path, flags)                                                                \
    int fate = 0;                                                                                 \
    if (below(path)) {                                                                            \
        fate = luck(is_for_writing(flags) ? OPEN : LOOK,                                          \
                    is_for_writing(flags) ? "open" : "look", path);                               \
        if (fate == 1) return -1;                                                                 \
    }                                                                                             \
    int fd = call;                                                                                \
    if (fd >= 0 && fd < FILES) {                                                                  \
        written[fd] = below(path) && is_for_writing(flags);                                       \
        looked[fd] = below(path) && !is_for_writing(flags);                                       \
    }                                                                                             \
    after(fate);                                                                                  \
    return fd;
#define WITH_MODE                                                                                 \
    mode_t how = 0;                                                                               \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list ap; va_start(ap, flags); how = va_arg(ap, int); va_end(ap); }

int open(const char *path, int flags, ...) { WITH_MODE OPENING(REAL(open)(path, flags, how), path, flags) }
int open64(const char *path, int flags, ...) { WITH_MODE OPENING(REAL(open64)(path, flags, how), path, flags) }
int openat(int at, const char *path, int flags, ...) { WITH_MODE OPENING(REAL(openat)(at, path, flags, how), path, flags) }
int openat64(int at, const char *path, int flags, ...) { WITH_MODE OPENING(REAL(openat64)(at, path, flags, how), path, flags) }

int close(int fd) {
    if (fd >= 0 && fd < FILES) written[fd] = looked[fd] = 0;
    return REAL(close)(fd);
}

#define OF_FILE(kind, table, name)                                                                \
    char place[4096];                                                                             \
    int fate = 0;                                                                                 \
    if (top[0] && fd >= 0 && fd < FILES && table[fd])                                             \
        fate = luck(kind, name, path_of(fd, place, sizeof place));                                \
    if (fate == 1) return -1;

#define WRITING(name, half, whole)                                                                \
    OF_FILE(WRITE, written, name)                                                                 \
    ssize_t result = fate > 2 && size > 1 ? half : whole;                                         \
    after(fate);                                                                                  \
    return result;

ssize_t write(int fd, const void *data, size_t size) {
    WRITING("write", REAL(write)(fd, data, size / 2), REAL(write)(fd, data, size))
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    WRITING("write", REAL(pwrite)(fd, data, size / 2, at), REAL(pwrite)(fd, data, size, at))
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    WRITING("write", REAL(pwrite64)(fd, data, size / 2, at), REAL(pwrite64)(fd, data, size, at))
}
ssize_t read(int fd, void *data, size_t size) {
    OF_FILE(READ, looked, "read")
    ssize_t result = REAL(read)(fd, data, size);
    after(fate);
    return result;
}
int fsync(int fd) { OF_FILE(SYNC, written, "fsync") int r = REAL(fsync)(fd); after(fate); return r; }
int fdatasync(int fd) { OF_FILE(SYNC, written, "fsync") int r = REAL(fdatasync)(fd); after(fate); return r; }
int ftruncate(int fd, off_t size) { OF_FILE(TRUNCATE, written, "truncate") int r = REAL(ftruncate)(fd, size); after(fate); return r; }
int ftruncate64(int fd, off64_t size) { OF_FILE(TRUNCATE, written, "truncate") int r = REAL(ftruncate64)(fd, size); after(fate); return r; }

#define OF_PATH(kind, name, path, call)                                                           \
    int fate = below(path) ? luck(kind, name, path) : 0;                                          \
    if (fate == 1) return -1;                                                                     \
    int result = call;                                                                            \
    after(fate);                                                                                  \
    return result;

int rename(const char *from, const char *to) { OF_PATH(RENAME, "rename", to, REAL(rename)(from, to)) }
int renameat(int a, const char *from, int b, const char *to) { OF_PATH(RENAME, "rename", to, REAL(renameat)(a, from, b, to)) }
int mkdir(const char *path, mode_t how) { OF_PATH(MKDIR, "mkdir", path, REAL(mkdir)(path, how)) }
int mkdirat(int at, const char *path, mode_t how) { OF_PATH(MKDIR, "mkdir", path, REAL(mkdirat)(at, path, how)) }
int unlink(const char *path) { OF_PATH(UNLINK, "unlink", path, REAL(unlink)(path)) }
int unlinkat(int at, const char *path, int flags) { OF_PATH(UNLINK, "unlink", path, REAL(unlinkat)(at, path, flags)) }
int rmdir(const char *path) { OF_PATH(UNLINK, "rmdir", path, REAL(rmdir)(path)) }
int link(const char *from, const char *to) { OF_PATH(LINK, "link", to, REAL(link)(from, to)) }
int linkat(int a, const char *from, int b, const char *to, int flags) { OF_PATH(LINK, "link", to, REAL(linkat)(a, from, b, to, flags)) }
int chmod(const char *path, mode_t how) { OF_PATH(CHMOD, "chmod", path, REAL(chmod)(path, how)) }
