/* <stdio.h>: buffered streams and formats; no floating point */
#ifndef _STDIO_H
#define _STDIO_H

#include <stdarg.h>
#include <stddef.h>
#include <sys/types.h>

#define EOF (-1)
#define BUFSIZ 4096
#define FILENAME_MAX 4096
#define _IOFBF 0
#define _IOLBF 1
#define _IONBF 2

#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif

typedef struct __file FILE;
extern FILE *const stdin, *const stdout, *const stderr;
#define stdin stdin
#define stdout stdout
#define stderr stderr

#define __printf_like(f, a) __attribute__((format(printf, f, a)))
#define __scanf_like(f, a) __attribute__((format(scanf, f, a)))

void clearerr(FILE *f);
int asprintf(char **out, const char *format, ...) __printf_like(2, 3);
int dprintf(int fd, const char *format, ...) __printf_like(2, 3);
int fclose(FILE *f);
FILE *fdopen(int fd, const char *mode);
int feof(FILE *f);
int ferror(FILE *f);
int fflush(FILE *f);
int fgetc(FILE *f);
char *fgets(char *s, int size, FILE *f);
int fileno(FILE *f);
FILE *fopen(const char *path, const char *mode);
int fprintf(FILE *f, const char *format, ...) __printf_like(2, 3);
int fputc(int c, FILE *f);
int fputs(const char *s, FILE *f);
size_t fread(void *p, size_t size, size_t n, FILE *f);
FILE *freopen(const char *path, const char *mode, FILE *f);
int fscanf(FILE *f, const char *format, ...) __scanf_like(2, 3);
int fseek(FILE *f, long offset, int whence);
int fseeko(FILE *f, off_t offset, int whence);
long ftell(FILE *f);
off_t ftello(FILE *f);
size_t fwrite(const void *p, size_t size, size_t n, FILE *f);
int getc(FILE *f);
int getchar(void);
ssize_t getdelim(char **line, size_t *size, int delimiter, FILE *f);
ssize_t getline(char **line, size_t *size, FILE *f);
int pclose(FILE *f);
void perror(const char *what);
FILE *popen(const char *command, const char *mode);
int printf(const char *format, ...) __printf_like(1, 2);
int putc(int c, FILE *f);
int putchar(int c);
int puts(const char *s);
int remove(const char *path);
int rename(const char *from, const char *to);
void rewind(FILE *f);
int scanf(const char *format, ...) __scanf_like(1, 2);
void setbuf(FILE *f, char *buffer);
int setvbuf(FILE *f, char *buffer, int mode, size_t size);
void setlinebuf(FILE *f);
int snprintf(char *s, size_t size, const char *format, ...) __printf_like(3, 4);
int sprintf(char *s, const char *format, ...) __printf_like(2, 3);
int sscanf(const char *s, const char *format, ...) __scanf_like(2, 3);
int ungetc(int c, FILE *f);
int vasprintf(char **out, const char *format, va_list ap);
int vdprintf(int fd, const char *format, va_list ap);
int vfprintf(FILE *f, const char *format, va_list ap);
int vprintf(const char *format, va_list ap);
int vsnprintf(char *s, size_t size, const char *format, va_list ap);
int vsprintf(char *s, const char *format, va_list ap);
int vfscanf(FILE *f, const char *format, va_list ap);
int vsscanf(const char *s, const char *format, va_list ap);

#endif
