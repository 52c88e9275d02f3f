// Keeps a copy of the files of one folder as the last fsync or fdatasync left each: what is still there after a power
// cut. Bytes that nobody synced are not in it; that a file was removed or renamed counts at once. It is loaded before
// the C library (LD_PRELOAD), through which SQLite reads and writes. The copy stands for the disk: nothing else is synced.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_FILES 64
#define MOST_DESCRIPTORS 4096

/** A file of the folder, and the bytes of it that were written since it was synced last. */
struct file {
  char name[256];
  off64_t from, to;
};

static struct file files[MOST_FILES];
/** By descriptor: the file that it is open on, counted from 1. */
static unsigned char opened[MOST_DESCRIPTORS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define NEXT(result, name, ...)                     \
  static result (*next)(__VA_ARGS__);               \
  if (next == NULL) next = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static const char *name_of(const char *path) {
  const char *folder = getenv("SYNCED_FROM");
  size_t length = folder == NULL ? 0 : strlen(folder);
  if (length == 0 || path == NULL || strncmp(path, folder, length) != 0 || path[length] != '/') return NULL;
  const char *name = path + length + 1;
  return strchr(name, '/') != NULL || strlen(name) > 255 || strlen(name) == 0 ? NULL : name;
}

static void path_of_copy(char *path, const char *name) {
  snprintf(path, PATH_MAX, "%s/%s", getenv("SYNCED_TO"), name);
}

static void note_open(int fd, const char *path) {
  if (fd < 0 || fd >= MOST_DESCRIPTORS) return;
  const char *name = name_of(path);
  int index = 0;
  pthread_mutex_lock(&lock);
  if (name != NULL)
    while (index < MOST_FILES - 1 && files[index].name[0] != 0 && strcmp(files[index].name, name) != 0) index++;
  if (name != NULL) strcpy(files[index].name, name);
  opened[fd] = name == NULL ? 0 : index + 1;
  pthread_mutex_unlock(&lock);
}

static void note_write(int fd, off64_t from, off64_t to) {
  pthread_mutex_lock(&lock);
  struct file *file = &files[opened[fd] - 1];
  if (file->to == 0 || from < file->from) file->from = from;
  if (to > file->to) file->to = to;
  pthread_mutex_unlock(&lock);
}

static int is_watched(int fd) { return fd >= 0 && fd < MOST_DESCRIPTORS && opened[fd] != 0; }

static int sync_copy(int fd) {
  char path[PATH_MAX];
  char bytes[1 << 16];
  struct stat64 info;
  pthread_mutex_lock(&lock);
  struct file *file = &files[opened[fd] - 1];
  path_of_copy(path, file->name);
  int (*open_next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64");
  ssize_t (*write_next)(int, const void *, size_t, off64_t) =
      (ssize_t(*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
  int copy = open_next(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  int result = copy < 0 || fstat64(fd, &info) != 0 ? -1 : 0;
  for (off64_t at = file->from; result == 0 && at < file->to;) {
    size_t wanted = file->to - at < (off64_t)sizeof bytes ? (size_t)(file->to - at) : sizeof bytes;
    ssize_t got = pread64(fd, bytes, wanted, at);
    if (got <= 0) break;
    if (write_next(copy, bytes, got, at) != got) result = -1;
    at += got;
  }
  int (*truncate_next)(int, off64_t) = (int (*)(int, off64_t))dlsym(RTLD_NEXT, "ftruncate64");
  if (result == 0) result = truncate_next(copy, info.st_size);
  if (copy >= 0) close(copy);
  if (result == 0) file->from = file->to = 0;
  pthread_mutex_unlock(&lock);
  return result;
}

int open64(const char *path, int flags, ...) {
  NEXT(int, "open64", const char *, int, ...);
  va_list more;
  va_start(more, flags);
  int fd = next(path, flags, (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, mode_t) : 0);
  va_end(more);
  note_open(fd, path);
  return fd;
}

int open(const char *path, int flags, ...) {
  NEXT(int, "open", const char *, int, ...);
  va_list more;
  va_start(more, flags);
  int fd = next(path, flags, (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, mode_t) : 0);
  va_end(more);
  note_open(fd, path);
  return fd;
}

int close(int fd) {
  NEXT(int, "close", int);
  if (fd >= 0 && fd < MOST_DESCRIPTORS) opened[fd] = 0;
  return next(fd);
}

ssize_t write(int fd, const void *bytes, size_t count) {
  NEXT(ssize_t, "write", int, const void *, size_t);
  ssize_t written = next(fd, bytes, count);
  if (written > 0 && is_watched(fd)) {
    off64_t end = lseek64(fd, 0, SEEK_CUR);
    note_write(fd, end - written, end);
  }
  return written;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  NEXT(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  ssize_t written = next(fd, bytes, count, at);
  if (written > 0 && is_watched(fd)) note_write(fd, at, at + written);
  return written;
}

int ftruncate64(int fd, off64_t size) {
  NEXT(int, "ftruncate64", int, off64_t);
  int result = next(fd, size);
  if (result == 0 && is_watched(fd)) note_write(fd, size, size + 1);
  return result;
}

int fsync(int fd) {
  NEXT(int, "fsync", int);
  return is_watched(fd) ? sync_copy(fd) : next(fd);
}

int fdatasync(int fd) {
  NEXT(int, "fdatasync", int);
  return is_watched(fd) ? sync_copy(fd) : next(fd);
}

int unlink(const char *path) {
  NEXT(int, "unlink", const char *);
  int result = next(path);
  char copy[PATH_MAX];
  if (result != 0 || name_of(path) == NULL) return result;
  path_of_copy(copy, name_of(path));
  next(copy);
  return result;
}

int rename(const char *from, const char *to) {
  NEXT(int, "rename", const char *, const char *);
  int result = next(from, to);
  char old_copy[PATH_MAX], new_copy[PATH_MAX];
  if (result != 0 || name_of(from) == NULL || name_of(to) == NULL) return result;
  path_of_copy(old_copy, name_of(from));
  path_of_copy(new_copy, name_of(to));
  next(old_copy, new_copy);
  return result;
}
