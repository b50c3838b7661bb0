/* string.c: <string.h> and <strings.h>; the texts of errors are in strerror.c. */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* rep movs and rep stos are what the processor has for this; their set-up costs a few instructions */
void *memcpy(void *to, const void *from, size_t n)
{
	void *end = to;
	size_t words = n / 4;

	__asm__ volatile("rep movsl" : "+D"(end), "+S"(from), "+c"(words) : : "memory");
	words = n & 3;
	__asm__ volatile("rep movsb" : "+D"(end), "+S"(from), "+c"(words) : : "memory");
	return to;
}

void *mempcpy(void *to, const void *from, size_t n)
{
	return (char *)memcpy(to, from, n) + n;
}

/* Overlapping upwards, the copy must begin at the end. */
void *memmove(void *to, const void *from, size_t n)
{
	char *d = to;
	const char *s = from;

	if ((uintptr_t)to - (uintptr_t)from >= n)
		return memcpy(to, from, n);
	while (n--)
		d[n] = s[n];
	return to;
}

void *memset(void *s, int c, size_t n)
{
	void *end = s;
	size_t count = n / 4;

	__asm__ volatile("rep stosl" : "+D"(end), "+c"(count) : "a"((uint8_t)c * 0x01010101u) : "memory");
	count = n & 3;
	__asm__ volatile("rep stosb" : "+D"(end), "+c"(count) : "a"(c) : "memory");
	return s;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *p = a, *q = b;

	for (; n; n--, p++, q++)
		if (*p != *q)
			return *p - *q;
	return 0;
}

void *memchr(const void *s, int c, size_t n)
{
	const unsigned char *p = s;

	for (; n; n--, p++)
		if (*p == (unsigned char)c)
			return (void *)p;
	return NULL;
}

void *memrchr(const void *s, int c, size_t n)
{
	const unsigned char *p = s;

	while (n--)
		if (p[n] == (unsigned char)c)
			return (void *)(p + n);
	return NULL;
}

void *memccpy(void *to, const void *from, int c, size_t n)
{
	const unsigned char *s = from;
	unsigned char *d = to;

	while (n--)
		if ((*d++ = *s++) == (unsigned char)c)
			return d;
	return NULL;
}

void *memmem(const void *hay, size_t hlen, const void *needle, size_t nlen)
{
	const char *p = hay;

	for (; hlen >= nlen; p++, hlen--)
		if (memcmp(p, needle, nlen) == 0)
			return (void *)p;
	return NULL;
}

size_t strlen(const char *s)
{
	const char *p = s;

	while (*p)
		p++;
	return p - s;
}

size_t strnlen(const char *s, size_t max)
{
	size_t n = 0;

	while (n < max && s[n])
		n++;
	return n;
}

char *stpcpy(char *to, const char *from)
{
	while ((*to = *from++))
		to++;
	return to;
}

char *strcpy(char *to, const char *from)
{
	stpcpy(to, from);
	return to;
}

char *strcat(char *to, const char *from)
{
	stpcpy(to + strlen(to), from);
	return to;
}

/* Fills all n bytes, and leaves no closing zero where from is longer. */
char *strncpy(char *to, const char *from, size_t n)
{
	size_t len = strnlen(from, n);

	memset(mempcpy(to, from, len), 0, n - len);
	return to;
}

char *strncat(char *to, const char *from, size_t n)
{
	size_t len = strnlen(from, n);
	char *end = to + strlen(to);

	memcpy(end, from, len);
	end[len] = '\0';
	return to;
}

/* BSD's: always a closing zero; the result, the length wanted, tells what was cut off. */
size_t strlcpy(char *to, const char *from, size_t size)
{
	size_t len = strlen(from), n = len < size ? len : size - 1;

	if (size) {
		memcpy(to, from, n);
		to[n] = '\0';
	}
	return len;
}

size_t strlcat(char *to, const char *from, size_t size)
{
	size_t have = strnlen(to, size);

	return have + strlcpy(to + have, from, size - have);
}

int strcmp(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return (unsigned char)*a - (unsigned char)*b;
}

int strcoll(const char *a, const char *b)
{
	return strcmp(a, b);
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n && *a && *a == *b; n--)
		a++, b++;
	return n ? (unsigned char)*a - (unsigned char)*b : 0;
}

int strncasecmp(const char *a, const char *b, size_t n)
{
	for (; n && *a && tolower(*a) == tolower(*b); n--)
		a++, b++;
	return n ? tolower((unsigned char)*a) - tolower((unsigned char)*b) : 0;
}

int strcasecmp(const char *a, const char *b)
{
	return strncasecmp(a, b, SIZE_MAX);
}

char *strchrnul(const char *s, int c)
{
	while (*s && *s != (char)c)
		s++;
	return (char *)s;
}

char *strchr(const char *s, int c)
{
	s = strchrnul(s, c);
	return *s == (char)c ? (char *)s : NULL;
}

char *strrchr(const char *s, int c)
{
	return memrchr(s, c, strlen(s) + 1);
}

size_t strspn(const char *s, const char *accept)
{
	size_t n = 0;

	while (s[n] && strchr(accept, s[n]))
		n++;
	return n;
}

size_t strcspn(const char *s, const char *reject)
{
	size_t n = 0;

	while (s[n] && !strchr(reject, s[n]))
		n++;
	return n;
}

char *strpbrk(const char *s, const char *accept)
{
	s += strcspn(s, accept);
	return *s ? (char *)s : NULL;
}

char *strstr(const char *hay, const char *needle)
{
	size_t len = strlen(needle);

	for (;; hay++) {
		if (strncmp(hay, needle, len) == 0)
			return (char *)hay;
		if (!*hay)
			return NULL;
	}
}

char *strndup(const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *copy = malloc(len + 1);

	if (copy) {
		memcpy(copy, s, len);
		copy[len] = '\0';
	}
	return copy;
}

char *strdup(const char *s)
{
	return strndup(s, SIZE_MAX);
}

/* Cuts at each separator, so that two in a row give an empty piece. */
char *strsep(char **s, const char *separators)
{
	char *piece = *s, *end;

	if (!piece)
		return NULL;
	end = strpbrk(piece, separators);
	if (end)
		*end++ = '\0';
	*s = end;
	return piece;
}

/* Separators in a row count as one. */
char *strtok_r(char *s, const char *separators, char **save)
{
	char *piece = s ? s : *save;

	if (piece)
		piece += strspn(piece, separators);
	if (!piece || !*piece) {
		*save = NULL;
		return NULL;
	}
	*save = piece;
	return strsep(save, separators);
}

char *strtok(char *s, const char *separators)
{
	static char *save;

	return strtok_r(s, separators, &save);
}

int ffs(int x)
{
	return __builtin_ffs(x);
}

void bzero(void *s, size_t n)
{
	memset(s, 0, n);
}
