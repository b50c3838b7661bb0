/*
 * input.c: where commands come from: a terminal, a file, a string.  Sources
 * are stacked: `eval` and `.` read theirs while the script waits below.
 *
 * What a command was typed as is kept while it is parsed (job messages and
 * $( ) want it), from input_new_command() on.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"

struct record {
	char *text;
	size_t len, room;
};

struct input {
	struct input *below;
	int fd;			/* -1: a string */
	int terminal;
	int line;
	char *text;		/* malloc()ed: the string, or the latest piece of the file */
	size_t pos, len;
	int unread;		/* EOF: none */
	int continued;		/* the next line of a terminal belongs to the same command */
	struct record record;	/* an alias has its own: who typed only its name */
	struct alias *alias;		/* whose text this is */
};

static struct input *input;

static void push(int fd, char *text, size_t len)
{
	struct input *in = must_malloc(sizeof(*in));

	*in = (struct input){ .below = input, .fd = fd, .text = text, .len = len, .line = 1, .unread = EOF };
	input = in;
}

void input_push_string(const char *s)
{
	push(-1, must_strdup(s), strlen(s));
}

/* The alias's text is read before what remains below. */
void input_push_alias(struct alias *alias, const char *text)
{
	input_push_string(text);
	input->alias = alias;
	input->line = input->below->line;
}

/* Is this alias being read? Then its name stands for itself. */
int input_has_alias(const struct alias *alias)
{
	const struct input *in;

	for (in = input; in && in->alias; in = in->below)
		if (in->alias == alias)
			return 1;
	return 0;
}

/* A file is moved out of the way of a script's own redirections. */
void input_push_file(int fd, const char *name)
{
	if (fd != 0) {
		int high = fcntl(fd, F_DUPFD_CLOEXEC, 10);

		if (high >= 0) {
			close(fd);
			fd = high;
		}
	}
	push(fd, NULL, 0);
	input->terminal = fd == 0 && interactive;
}

void input_pop(void)
{
	struct input *in = input;

	input = in->below;
	if (in->fd > 0)
		close(in->fd);
	free(in->text);
	free(in->record.text);
	free(in);
}

struct input *input_depth(void)
{
	return input;
}

void input_pop_to(struct input *depth)
{
	while (input && input != depth)
		input_pop();
}

static int refill_from_terminal(void)
{
	const char *name = input->continued ? "PS2" : "PS1";
	char *prompt = expand_here(var_get(name) ? var_get(name) : "");
	char *line;

	if (!input->continued)
		jobs_notify();
	line = edit_line(prompt);
	free(input->text);
	input->text = line;
	input->len = line ? strlen(line) : 0;
	input->continued = 1;
	return line != NULL;
}

/*
 * Standard input is shared with the commands that the script runs, so not one
 * byte too many may be taken from it; a script's own file is read by the piece.
 */
static int refill(void)
{
	enum { PIECE = 1024 };
	ssize_t n;

	input->pos = input->len = 0;
	if (input->fd < 0)
		return 0;
	if (input->terminal)
		return refill_from_terminal();
	if (!input->text)
		input->text = must_malloc(PIECE);
	do
		n = read(input->fd, input->text, input->fd == 0 ? 1 : PIECE);
	while (n < 0 && errno == EINTR);
	input->len = n > 0 ? n : 0;
	return n > 0;
}

static void record(int c)
{
	struct record *r = &input->record;

	if (r->len == r->room) {
		r->room = r->room * 2 + 120;
		r->text = realloc(r->text, r->room);
		if (!r->text)
			fail(2, "out of memory");
	}
	r->text[r->len++] = c;
}

int input_char(void)
{
	int c = input->unread;

	if (c != EOF) {
		input->unread = EOF;
	} else {
		do {
			while (input->alias && input->pos == input->len && input->unread == EOF)
				input_pop();
			if (input->unread != EOF)
				return input_char();
			if (input->pos == input->len && !refill())
				return EOF;
			c = (unsigned char)input->text[input->pos++];
		} while (c == '\0');
		if (option_v && input->fd >= 0 && !input->terminal)
			fputc(c, stderr);
	}
	if (c == '\n')
		input->line++;
	record(c);
	return c;
}

void input_unget(int c)
{
	if (c == EOF)
		return;
	if (c == '\n')
		input->line--;
	input->unread = c;
	input->record.len--;
}

int input_line(void)
{
	return input ? input->line : 0;
}

int input_is_terminal(void)
{
	return input && input->terminal;
}

void input_forget(void)
{
	input->pos = input->len = 0;
	input->unread = EOF;
}

void input_new_command(void)
{
	input->record.len = 0;
	input->continued = 0;
}

size_t input_mark(void)
{
	return input->record.len;
}

/* A command that begins in an alias and ends behind it was typed nowhere as a whole. */
char *input_text(size_t from, size_t to)
{
	if (from > to || to > input->record.len)
		return copy_string("");
	return copy_bytes(input->record.text + from, to - from);
}
