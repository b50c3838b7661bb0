/*
 * memory.c: allocation like a stack.  Who runs a command marks the place,
 * allocates without a care, and lets everything above the mark go at its end.
 * An error that jumps to the prompt leaks nothing: the prompt's mark is lower.
 */
#include <stdlib.h>
#include <string.h>
#include "sh.h"

#define CHUNK 8000

struct chunk {
	struct chunk *below;
	size_t size;
	_Alignas(8) char data[];
};

static struct chunk *top;
static size_t used;

void *must_malloc(size_t size)
{
	void *p = malloc(size);

	if (!p)
		fail(2, "out of memory");
	return p;
}

char *must_strdup(const char *s)
{
	return strcpy(must_malloc(strlen(s) + 1), s);
}

void *alloc(size_t size)
{
	void *p;

	size = (size + 7) & -8;
	if (!top || top->size - used < size) {
		size_t room = size > CHUNK ? size : CHUNK;
		struct chunk *chunk = must_malloc(sizeof(*chunk) + room);

		chunk->below = top;
		chunk->size = room;
		top = chunk;
		used = 0;
	}
	p = top->data + used;
	used += size;
	return p;
}

char *copy_bytes(const char *s, size_t n)
{
	char *copy = alloc(n + 1);

	memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

char *copy_string(const char *s)
{
	return copy_bytes(s, strlen(s));
}

struct mark mark_memory(void)
{
	return (struct mark){ top, used };
}

void release_memory(struct mark m)
{
	while (top != m.chunk) {
		struct chunk *below = top->below;

		free(top);
		top = below;
	}
	used = m.used;
}

void buf_bytes(struct buf *b, const char *s, size_t n)
{
	if (b->len + n >= b->room) {
		size_t room = (b->len + n) * 2 + 32;
		char *text = alloc(room);

		if (b->len)
			memcpy(text, b->text, b->len);
		b->text = text;
		b->room = room;
	}
	memcpy(b->text + b->len, s, n);
	b->len += n;
}

void buf_char(struct buf *b, char c)
{
	buf_bytes(b, &c, 1);
}

void buf_string(struct buf *b, const char *s)
{
	buf_bytes(b, s, strlen(s));
}

/* The text so far as a string. */
char *buf_end(struct buf *b)
{
	buf_char(b, '\0');
	b->len--;
	return b->text;
}
