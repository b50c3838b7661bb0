/*
 * edit.c: a line from a terminal, with the keys that hands expect.
 *
 * While a line is typed the terminal is raw: each key arrives alone and is not
 * echoed; we draw the line ourselves, with nothing more than carriage return,
 * "erase to the end" and "cursor right".  A line longer than the screen slides.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <sys/ioctl.h>
#include "sh.h"

#define MAX 1000
#define CTRL(c) ((c) & 0x1f)

enum key { K_UP = 256, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_DELETE, K_OTHER };

struct line {
	const char *prompt;
	int prompt_len;
	char text[MAX + 2];
	int len, cursor;
	int back;		/* which line of the history is shown; 0: the new one */
	char kept[MAX + 1];	/* the new one, meanwhile */
	char killed[MAX + 1];	/* for ^Y */
	int columns;
	int shown;		/* characters of it on the screen */
};

static void put(const char *s, int n)
{
	while (n > 0) {
		ssize_t done = write(2, s, n);

		if (done <= 0)
			return;
		s += done;
		n -= done;
	}
}

static int read_byte(void)
{
	unsigned char c;
	ssize_t n;

	do
		n = read(0, &c, 1);
	while (n < 0 && errno == EINTR && !interrupted);
	return n == 1 ? c : -1;
}

/* An escape sequence: ESC [ letter, ESC [ digit ~, ESC O letter. */
static int read_escape(void)
{
	static const char letters[] = "ABDCHF";
	int c = read_byte();
	const char *p;

	if (c != '[' && c != 'O')
		return K_OTHER;
	c = read_byte();
	if (isdigit(c)) {
		int digit = c;

		while (c != -1 && c != '~' && !isalpha(c))
			c = read_byte();
		return digit == '1' || digit == '7' ? K_HOME : digit == '4' || digit == '8' ? K_END :
		       digit == '3' ? K_DELETE : K_OTHER;
	}
	p = c > 0 ? strchr(letters, c) : NULL;
	return p ? K_UP + (p - letters) : K_OTHER;
}

static void redraw(struct line *l)
{
	int room = l->columns - l->prompt_len - 1, from = 0, n;
	char out[2 * MAX + 64];
	int size = 0;

	if (room < 10)
		room = 10;
	if (l->cursor >= room)
		from = l->cursor - room + 1;
	n = l->len - from < room ? l->len - from : room;
	size += snprintf(out, sizeof(out), "\r%s%.*s", l->prompt, n, l->text + from);
	if (l->shown > n)
		size += snprintf(out + size, sizeof(out) - size, "\033[K");
	if (l->cursor < from + n)
		size += snprintf(out + size, sizeof(out) - size, "\r\033[%dC", l->prompt_len + l->cursor - from);
	l->shown = n;
	put(out, size);
}

static void insert(struct line *l, const char *s, int n)
{
	if (l->len + n > MAX)
		return;
	memmove(l->text + l->cursor + n, l->text + l->cursor, l->len - l->cursor);
	memcpy(l->text + l->cursor, s, n);
	l->len += n;
	l->cursor += n;
}

/* Takes out from `from` to `to`; what ^K, ^U and ^W take, ^Y puts back. */
static void cut(struct line *l, int from, int to, int keep)
{
	if (keep && to > from) {
		memcpy(l->killed, l->text + from, to - from);
		l->killed[to - from] = '\0';
	}
	memmove(l->text + from, l->text + to, l->len - to);
	l->len -= to - from;
	l->cursor = from;
}

static int word_begin(const struct line *l)
{
	int i = l->cursor;

	while (i > 0 && l->text[i - 1] == ' ')
		i--;
	while (i > 0 && l->text[i - 1] != ' ')
		i--;
	return i;
}

static void show_history(struct line *l, int step)
{
	const char *old = history_get(l->back + step);

	if (l->back + step < 0 || (l->back + step > 0 && !old))
		return;
	if (l->back == 0) {
		memcpy(l->kept, l->text, l->len);
		l->kept[l->len] = '\0';
	}
	l->back += step;
	if (l->back == 0)
		old = l->kept;
	l->len = l->cursor = strlcpy(l->text, old, MAX) < MAX ? strlen(old) : MAX - 1;
}

static void list_names(struct line *l, char **names, int count)
{
	int width = 0, i, columns;

	for (i = 0; i < count; i++)
		if ((int)strlen(names[i]) > width)
			width = strlen(names[i]);
	columns = l->columns / (width + 2);
	if (columns < 1)
		columns = 1;
	put("\r\n", 2);
	for (i = 0; i < count; i++) {
		dprintf(2, "%-*s", width + 2, names[i]);
		if (i % columns == columns - 1 || i == count - 1)
			put("\r\n", 2);
	}
}

/* Tab: what all names have in common is put in; if that is nothing more, they are listed. */
static void complete_word(struct line *l)
{
	char **names;
	size_t word, typed, common;
	int count, i;

	l->text[l->len] = '\0';
	count = complete(l->text, l->cursor, &names, &word);
	if (count == 0)
		return;
	typed = l->cursor - word;
	common = strlen(names[0]);
	for (i = 1; i < count; i++) {
		size_t n = 0;

		while (n < common && names[i][n] == names[0][n])
			n++;
		common = n;
	}
	if (common > typed)
		insert(l, names[0] + typed, common - typed);
	else if (count > 1)
		list_names(l, names, count);
	for (i = 0; i < count; i++)
		free(names[i]);
	free(names);
}

static void move(struct line *l, int key)
{
	switch (key) {
	case CTRL('A'):
	case K_HOME:
		l->cursor = 0;
		break;
	case CTRL('E'):
	case K_END:
		l->cursor = l->len;
		break;
	case CTRL('B'):
	case K_LEFT:
		l->cursor -= l->cursor > 0;
		break;
	case CTRL('F'):
	case K_RIGHT:
		l->cursor += l->cursor < l->len;
		break;
	case CTRL('P'):
	case K_UP:
		show_history(l, 1);
		break;
	case CTRL('N'):
	case K_DOWN:
		show_history(l, -1);
		break;
	}
}

static void edit_key(struct line *l, int key)
{
	char c = key;

	switch (key) {
	case CTRL('H'):
	case 0x7f:
		if (l->cursor > 0)
			cut(l, l->cursor - 1, l->cursor, 0);
		break;
	case CTRL('D'):
	case K_DELETE:
		if (l->cursor < l->len)
			cut(l, l->cursor, l->cursor + 1, 0);
		break;
	case CTRL('K'):
		cut(l, l->cursor, l->len, 1);
		break;
	case CTRL('U'):
		cut(l, 0, l->cursor, 1);
		break;
	case CTRL('W'):
		cut(l, word_begin(l), l->cursor, 1);
		break;
	case CTRL('Y'):
		insert(l, l->killed, strlen(l->killed));
		break;
	case CTRL('L'):
		put("\033[H\033[J", 6);
		break;
	case '\t':
		complete_word(l);
		break;
	default:
		if (key >= ' ' && key < 256)
			insert(l, &c, 1);
		else
			move(l, key);
	}
}

/* An ordinary character behind all others needs no more than an echo. */
static int append(struct line *l, int key)
{
	char c = key;

	if (key < ' ' || key > '~' || l->cursor < l->len || l->prompt_len + l->len + 2 >= l->columns)
		return 0;
	insert(l, &c, 1);
	put(&c, 1);
	l->shown++;
	return 1;
}

/* Returns 1 for a line, 0 for ^D on an empty one, -1 for ^C. */
static int edit(struct line *l)
{
	redraw(l);
	for (;;) {
		int key = read_byte();

		if (key == 0x1b)
			key = read_escape();
		if (key == CTRL('C'))
			return -1;
		if (key == -1 || (key == CTRL('D') && l->len == 0))
			return 0;
		if (key == '\r' || key == '\n')
			return 1;
		if (append(l, key))
			continue;
		edit_key(l, key);
		redraw(l);
	}
}

/* A terminal that does not know its size tells 0. */
static int terminal_width(void)
{
	struct winsize size;

	return ioctl(2, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

/* A prompt of several lines: all but the last are printed once. */
static const char *last_line(const char *prompt)
{
	const char *newline = strrchr(prompt, '\n');

	if (!newline)
		return prompt;
	put(prompt, newline + 1 - prompt);
	return newline + 1;
}

char *edit_line(const char *prompt)
{
	static struct line l;
	struct termios cooked, raw;
	int result;

	if (tcgetattr(0, &cooked) < 0)
		return NULL;
	raw = cooked;
	raw.c_iflag &= ~(ICRNL | INLCR | IXON);
	raw.c_lflag &= ~(ICANON | ECHO | ISIG | IEXTEN);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(0, TCSADRAIN, &raw);
	l.prompt = last_line(prompt);
	l.prompt_len = strlen(l.prompt);
	l.columns = terminal_width();
	l.len = l.cursor = l.back = 0;
	result = edit(&l);
	tcsetattr(0, TCSADRAIN, &cooked);
	put(result < 0 ? "^C\r\n" : "\r\n", result < 0 ? 4 : 2);
	if (result == 0)
		return NULL;
	if (result < 0) {
		status = 130;
		l.len = 0;
	}
	l.text[l.len] = '\n';
	l.text[l.len + 1] = '\0';
	if (result > 0)
		history_add(l.text);
	return must_strdup(l.text);
}
