/*
 * lexer.c: characters into tokens.  A word keeps its quotes and dollars; the
 * lexer only finds where it ends.  Inside $( ) commands begin again, so there
 * the parser is called, and what it read becomes part of the word.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sh.h"

static struct lookahead {
	int valid;
	enum token type;
	char *text;
	size_t start;
} ahead;

struct pending {		/* here-documents whose text begins behind the next newline */
	struct pending *next;
	struct redir *redir;
	const char *delimiter;
};

static struct pending *pending;

static const char *const names[] = {
	[T_EOF] = "end of file", [T_NEWLINE] = "newline", [T_WORD] = "word", [T_IO_NUMBER] = "number",
	[T_AMP] = "&", [T_AND] = "&&", [T_SEMI] = ";", [T_DSEMI] = ";;", [T_PIPE] = "|", [T_OR] = "||",
	[T_LPAREN] = "(", [T_RPAREN] = ")", [T_LESS] = "<", [T_GREAT] = ">", [T_DGREAT] = ">>",
	[T_DLESS] = "<<", [T_DLESSDASH] = "<<-", [T_LESSAND] = "<&", [T_GREATAND] = ">&",
	[T_LESSGREAT] = "<>", [T_CLOBBER] = ">|",
};

const char *token_name(enum token token)
{
	return token == T_WORD ? ahead.text : names[token];
}

void lexer_reset(void)
{
	ahead.valid = 0;
	pending = NULL;
}

int is_name(const char *s, size_t n)
{
	size_t i;

	if (n == 0 || isdigit(*s))
		return 0;
	for (i = 0; i < n; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '_')
			return 0;
	return 1;
}

/* The next character that counts: a backslash and a newline together are nothing. */
static int get(void)
{
	int c;

	while ((c = input_char()) == '\\') {
		c = input_char();
		if (c != '\n') {
			input_unget(c);
			return '\\';
		}
	}
	return c;
}

static int must_get(const char *what)
{
	int c = get();

	if (c == EOF)
		syntax_error(what);
	return c;
}

static void read_single_quotes(struct buf *b)
{
	int c;

	while ((c = input_char()) != '\'') {
		if (c == EOF)
			syntax_error("unterminated quoted string");
		buf_char(b, c);
	}
	buf_char(b, '\'');
}

static void read_dollar(struct buf *b, int in_quotes);

static void read_backquotes(struct buf *b)
{
	int c;

	while ((c = input_char()) != '`') {
		if (c == EOF)
			syntax_error("unterminated `");
		buf_char(b, c);
		if (c == '\\')
			buf_char(b, must_get("unterminated `"));
	}
	buf_char(b, '`');
}

/* Up to the character `end`; quotes and dollars inside have ends of their own. */
static void read_until(struct buf *b, int end, int in_quotes)
{
	int c;

	while ((c = must_get("unterminated quoted string")) != end) {
		buf_char(b, c);
		if (c == '\\')
			buf_char(b, must_get("unterminated quoted string"));
		else if (c == '$')
			read_dollar(b, in_quotes);
		else if (c == '`')
			read_backquotes(b);
		else if (c == '"')
			read_until(b, '"', 1);
		else if (c == '\'' && !in_quotes)
			read_single_quotes(b);
	}
	buf_char(b, end);
}

static void read_arithmetic(struct buf *b)
{
	int depth = 2, c;

	while (depth > 0) {
		c = must_get("unterminated $((");
		buf_char(b, c);
		if (c == '$')
			read_dollar(b, 1);
		else if (c == '`')
			read_backquotes(b);
		else if (c == '(')
			depth++;
		else if (c == ')')
			depth--;
	}
}

/* $( was read: parses commands up to the ), and copies what was typed. */
static void read_command(struct buf *b)
{
	struct lookahead saved = ahead;
	struct pending *saved_pending = pending;
	size_t from = input_mark();
	char *text;

	ahead.valid = 0;
	pending = NULL;
	skip_newlines();
	if (peek_token() != T_RPAREN)
		parse_list();
	if (peek_token() != T_RPAREN)
		syntax_error(token_name(peek_token()));
	text = input_text(from, input_mark());
	ahead = saved;
	pending = saved_pending;
	buf_string(b, text);
}

/* The $ is in b already. */
static void read_dollar(struct buf *b, int in_quotes)
{
	int c = get();

	if (c == '{') {
		buf_char(b, c);
		read_until(b, '}', in_quotes);
	} else if (c == '(') {
		buf_char(b, c);
		c = get();
		if (c == '(') {
			buf_char(b, c);
			read_arithmetic(b);
		} else {
			input_unget(c);
			read_command(b);
		}
	} else {
		input_unget(c);
	}
}

static int ends_word(int c)
{
	return c == EOF || strchr(" \t\n&;|()<>", c);
}

static enum token read_word(int c)
{
	struct buf b = { 0 };
	int digits = 1;

	for (; !ends_word(c); c = get()) {
		digits &= isdigit(c);
		buf_char(&b, c);
		if (c == '\\') {
			c = input_char();
			if (c != EOF)
				buf_char(&b, c);
		} else if (c == '\'') {
			read_single_quotes(&b);
		} else if (c == '"') {
			read_until(&b, '"', 1);
		} else if (c == '$') {
			read_dollar(&b, 0);
		} else if (c == '`') {
			read_backquotes(&b);
		}
	}
	input_unget(c);
	ahead.text = buf_end(&b);
	return digits && (c == '<' || c == '>') ? T_IO_NUMBER : T_WORD;
}

static enum token two(int second, enum token both, enum token one)
{
	int c = get();

	if (c == second)
		return both;
	input_unget(c);
	return one;
}

static enum token read_less(void)
{
	int c = get();

	if (c == '<')
		return two('-', T_DLESSDASH, T_DLESS);
	if (c == '&')
		return T_LESSAND;
	if (c == '>')
		return T_LESSGREAT;
	input_unget(c);
	return T_LESS;
}

static enum token read_great(void)
{
	int c = get();

	if (c == '>')
		return T_DGREAT;
	if (c == '&')
		return T_GREATAND;
	if (c == '|')
		return T_CLOBBER;
	input_unget(c);
	return T_GREAT;
}

/* One line without its newline; 0 at the end of the input. */
static int read_here_line(struct buf *b, int strip_tabs, int join)
{
	int c = input_char(), any = c != EOF;

	while (strip_tabs && c == '\t')
		c = input_char();
	for (; c != EOF && c != '\n'; c = input_char()) {
		buf_char(b, c);
		if (c == '\\' && join) {
			c = input_char();
			if (c == '\n') {
				b->len--;
				continue;
			}
			if (c == EOF)
				break;
			buf_char(b, c);
		}
	}
	return any;
}

static void read_here_document(struct redir *r, const char *delimiter)
{
	struct buf b = { 0 };
	size_t start = 0;

	while (read_here_line(&b, r->type == T_DLESSDASH, !r->literal)) {
		if (strcmp(buf_end(&b) + start, delimiter) == 0)
			break;
		buf_char(&b, '\n');
		start = b.len;
	}
	b.len = start;
	r->target = buf_end(&b);
}

void lexer_here_document(struct redir *r, const char *delimiter)
{
	struct pending *p = alloc(sizeof(*p)), **end = &pending;

	p->next = NULL;
	p->redir = r;
	p->delimiter = delimiter;
	while (*end)
		end = &(*end)->next;
	*end = p;
}

static enum token read_newline(void)
{
	while (pending) {
		struct pending *p = pending;

		pending = p->next;
		read_here_document(p->redir, p->delimiter);
	}
	return T_NEWLINE;
}

static enum token read_token(void)
{
	int c;

	do
		c = get();
	while (c == ' ' || c == '\t');
	if (c == '#')
		while (c != '\n' && c != EOF)
			c = input_char();
	ahead.start = input_mark() - (c != EOF);
	switch (c) {
	case EOF:
		return T_EOF;
	case '\n':
		return read_newline();
	case '&':
		return two('&', T_AND, T_AMP);
	case ';':
		return two(';', T_DSEMI, T_SEMI);
	case '|':
		return two('|', T_OR, T_PIPE);
	case '(':
		return T_LPAREN;
	case ')':
		return T_RPAREN;
	case '<':
		return read_less();
	case '>':
		return read_great();
	}
	return read_word(c);
}

enum token peek_token(void)
{
	if (!ahead.valid) {
		ahead.type = read_token();
		ahead.valid = 1;
	}
	return ahead.type;
}

enum token next_token(void)
{
	enum token type = peek_token();

	ahead.valid = 0;
	return type;
}

const char *token_text(void)
{
	return ahead.text;
}

size_t token_start(void)
{
	peek_token();
	return ahead.start;
}
