/* A disk that fails on purpose: loaded before libc, told by `torture_arm` which call shall fail and how. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static long sync_left = 0, write_left = 0;
static int for_good = 0;

/* The n-th sync of a file fails once with EIO; from the n-th write of a file on the disk is full, until told again. */
void torture_arm(long nth_sync, long nth_write) {
    sync_left = nth_sync;
    write_left = nth_write;
    for_good = 0;
}

static int is_file(int descriptor) {
    struct stat found;
    return fstat(descriptor, &found) == 0 && (S_ISREG(found.st_mode) || S_ISDIR(found.st_mode));
}

static int sync_fails(int descriptor) {
    if (sync_left > 0 && is_file(descriptor) && --sync_left == 0) {
        errno = EIO;
        return 1;
    }
    return 0;
}

static int disk_is_full(int descriptor) {
    if (!is_file(descriptor)) return 0;
    if (write_left > 0 && --write_left == 0) for_good = 1;
    if (for_good) errno = ENOSPC;
    return for_good;
}

#define HONEST(name, ...) ((typeof(&name))dlsym(RTLD_NEXT, #name))(__VA_ARGS__)

int fsync(int descriptor) { return sync_fails(descriptor) ? -1 : HONEST(fsync, descriptor); }
int fdatasync(int descriptor) { return sync_fails(descriptor) ? -1 : HONEST(fdatasync, descriptor); }

ssize_t write(int descriptor, const void *data, size_t size) {
    return disk_is_full(descriptor) ? -1 : HONEST(write, descriptor, data, size);
}
ssize_t pwrite(int descriptor, const void *data, size_t size, off_t offset) {
    return disk_is_full(descriptor) ? -1 : HONEST(pwrite, descriptor, data, size, offset);
}
ssize_t pwrite64(int descriptor, const void *data, size_t size, off_t offset) {
    return disk_is_full(descriptor) ? -1 : HONEST(pwrite64, descriptor, data, size, offset);
}
