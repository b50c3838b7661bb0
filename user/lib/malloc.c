/*
 * malloc.c: the heap.
 *
 * Blocks of 16, 32, 64 ... bytes come from a list a size; an empty list is
 * filled by cutting up fresh memory from brk().  What is larger than
 * BIG gets pages of its own from mmap() and gives them back when freed.  A
 * header before each block holds its size, so free() knows its list.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/mman.h>

#define SMALLEST 16		/* with the header */
#define BIG (128 * 1024)
#define LISTS 14		/* 16 bytes to 128 KiB */
#define CHUNK (16 * 1024)	/* the least that is asked of brk() */
#define PAGE 4096

/* 8 bytes, so that blocks are aligned for anything; a free block's `next` lies where its data was */
struct block {
	size_t size;		/* whole, with this header */
	size_t magic;		/* of a block in use: says that free() got a block */
	struct block *next;
};

#define HEADER offsetof(struct block, next)
#define IN_USE 0x6d616c6c

static struct block *lists[LISTS];
static char *fresh, *fresh_end;		/* what brk() gave and nobody has yet */

static int list_of(size_t size)
{
	int i = 0;

	while (((size_t)SMALLEST << i) < size)
		i++;
	return i;
}

/* More memory, straight behind what there is unless somebody else moved the break. */
static int refill(size_t size)
{
	size_t want = size > CHUNK ? size : CHUNK;
	char *p = sbrk(want);

	if (p == (void *)-1)
		return -1;
	if (p != fresh_end)
		fresh = p + (-(uintptr_t)p & (SMALLEST - 1));
	fresh_end = p + want;
	return fresh_end - fresh < size ? refill(size) : 0;
}

static struct block *take(int list)
{
	size_t size = (size_t)SMALLEST << list;
	struct block *b = lists[list];

	if (b) {
		lists[list] = b->next;
		return b;
	}
	if (fresh_end - fresh < size && refill(size) < 0)
		return NULL;
	b = (struct block *)fresh;
	fresh += size;
	b->size = size;
	return b;
}

static struct block *map(size_t size)
{
	struct block *b;

	size = (size + PAGE - 1) & -PAGE;
	b = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (b == MAP_FAILED)
		return NULL;
	b->size = size;
	return b;
}

void *malloc(size_t size)
{
	struct block *b = NULL;

	if (size < PTRDIFF_MAX)
		b = size + HEADER <= BIG ? take(list_of(size + HEADER)) : map(size + HEADER);
	if (!b) {
		errno = ENOMEM;
		return NULL;
	}
	b->magic = IN_USE;
	return (char *)b + HEADER;
}

static struct block *block_of(void *p)
{
	struct block *b = (struct block *)((char *)p - HEADER);

	if (b->magic != IN_USE)
		abort();	/* freed twice, or never allocated, or overrun by its neighbour */
	return b;
}

void free(void *p)
{
	struct block *b;
	int list;

	if (!p)
		return;
	b = block_of(p);
	b->magic = 0;
	if (b->size > BIG) {
		munmap(b, b->size);
		return;
	}
	list = list_of(b->size);
	b->next = lists[list];
	lists[list] = b;
}

void *calloc(size_t n, size_t size)
{
	size_t bytes;
	void *p;

	if (__builtin_mul_overflow(n, size, &bytes)) {
		errno = ENOMEM;
		return NULL;
	}
	p = malloc(bytes);
	return p ? memset(p, 0, bytes) : NULL;
}

void *realloc(void *p, size_t size)
{
	size_t have;
	void *new;

	if (!p)
		return malloc(size);
	have = block_of(p)->size - HEADER;
	if (size <= have && (have < BIG || size > have / 2))
		return p;
	new = malloc(size);
	if (new) {
		memcpy(new, p, size < have ? size : have);
		free(p);
	}
	return new;
}

void *reallocarray(void *p, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes)) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(p, bytes);
}
