/* <string.h> */
#ifndef _STRING_H
#define _STRING_H

#include <stddef.h>

void *memccpy(void *to, const void *from, int c, size_t n);
void *memchr(const void *s, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memcpy(void *to, const void *from, size_t n);
void *memmem(const void *hay, size_t hlen, const void *needle, size_t nlen);
void *memmove(void *to, const void *from, size_t n);
void *mempcpy(void *to, const void *from, size_t n);
void *memrchr(const void *s, int c, size_t n);
void *memset(void *s, int c, size_t n);
char *stpcpy(char *to, const char *from);
char *strcat(char *to, const char *from);
char *strchr(const char *s, int c);
char *strchrnul(const char *s, int c);
int strcmp(const char *a, const char *b);
int strcoll(const char *a, const char *b);
char *strcpy(char *to, const char *from);
size_t strcspn(const char *s, const char *reject);
char *strdup(const char *s);
char *strerror(int number);
size_t strlcat(char *to, const char *from, size_t size);
size_t strlcpy(char *to, const char *from, size_t size);
size_t strlen(const char *s);
char *strncat(char *to, const char *from, size_t n);
int strncmp(const char *a, const char *b, size_t n);
char *strncpy(char *to, const char *from, size_t n);
char *strndup(const char *s, size_t n);
size_t strnlen(const char *s, size_t max);
char *strpbrk(const char *s, const char *accept);
char *strrchr(const char *s, int c);
char *strsep(char **s, const char *separators);
char *strsignal(int sig);
size_t strspn(const char *s, const char *accept);
char *strstr(const char *hay, const char *needle);
char *strtok(char *s, const char *separators);
char *strtok_r(char *s, const char *separators, char **save);

#endif
