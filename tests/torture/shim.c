/* A disk that fails on purpose: loaded before libc, told by `torture_arm` which call shall fail and how. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static long sync_left = 0, write_left = 0;
static int for_good = 0, log_to = -1;

/* What would survive a power cut is told to this file: how long a synced file is, what a synced folder holds. */
void torture_log(int descriptor) { log_to = descriptor; }

static void log_line(const char *kind, unsigned long long a, unsigned long long b, const char *name) {
    char line[512];
    int length = snprintf(line, sizeof line, "%s %llu %llu %s\n", kind, a, b, name);
    if (length > 0 && (size_t)length < sizeof line) syscall(SYS_write, log_to, line, length);
}

static void log_folder(int descriptor, ino_t folder) {
    int again = openat(descriptor, ".", O_RDONLY | O_DIRECTORY);
    DIR *listed = again < 0 ? NULL : fdopendir(again);
    for (struct dirent *entry; listed && (entry = readdir(listed));) {
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
            log_line("entry", folder, entry->d_ino, entry->d_name);
    }
    if (listed) closedir(listed);
}

static int synced(int descriptor, int result) {
    struct stat found;
    int kept = errno;
    if (result == 0 && log_to >= 0 && fstat(descriptor, &found) == 0) {
        if (S_ISREG(found.st_mode)) log_line("file", found.st_ino, found.st_size, "-");
        if (S_ISDIR(found.st_mode)) log_folder(descriptor, found.st_ino);
    }
    errno = kept;
    return result;
}

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

/* Sizes are read after the sync: only one thread writes in these tests. */
#define HONEST(name, ...) ((typeof(&name))dlsym(RTLD_NEXT, #name))(__VA_ARGS__)

int fsync(int descriptor) { return sync_fails(descriptor) ? -1 : synced(descriptor, HONEST(fsync, descriptor)); }
int fdatasync(int descriptor) { return sync_fails(descriptor) ? -1 : synced(descriptor, HONEST(fdatasync, descriptor)); }

ssize_t write(int descriptor, const void *data, size_t size) {
    return disk_is_full(descriptor) ? -1 : HONEST(write, descriptor, data, size);
}
ssize_t pwrite(int descriptor, const void *data, size_t size, off_t offset) {
    return disk_is_full(descriptor) ? -1 : HONEST(pwrite, descriptor, data, size, offset);
}
ssize_t pwrite64(int descriptor, const void *data, size_t size, off_t offset) {
    return disk_is_full(descriptor) ? -1 : HONEST(pwrite64, descriptor, data, size, offset);
}
