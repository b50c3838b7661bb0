/*
 * parser.c: tokens into a tree: lists, pipelines, simple commands and
 * redirections.  What begins with a reserved word is in compound.c.
 *
 *   line     := list newline
 *   list     := and_or { (';' | '&' | newline) and_or }
 *   and_or   := pipeline { ('&&' | '||') pipeline }
 *   pipeline := ['!'] command { '|' command }
 *   command  := compound | function | simple
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sh.h"

void syntax_error(const char *near)
{
	current_line = input_line();
	lexer_reset();
	fail(2, "Syntax error: %s unexpected", near);
}

static void unexpected(void)
{
	syntax_error(token_name(peek_token()));
}

struct node *new_node(enum node_type type, struct node *a, struct node *b)
{
	struct node *node = alloc(sizeof(*node));

	*node = (struct node){ .type = type, .a = a, .b = b, .line = input_line() };
	return node;
}

struct word *new_word(char *text)
{
	struct word *word = alloc(sizeof(*word));

	word->next = NULL;
	word->text = text;
	return word;
}

char *take_word(void)
{
	if (peek_token() != T_WORD)
		unexpected();
	next_token();
	return (char *)token_text();
}

int at_reserved(const char *word)
{
	return peek_token() == T_WORD && strcmp(token_text(), word) == 0;
}

int is_reserved(const char *word)
{
	static const char *const words[] = {
		"!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until", "while",
	};
	int i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(words[i], word) == 0)
			return 1;
	return 0;
}

int accept_reserved(const char *word)
{
	if (!at_reserved(word))
		return 0;
	next_token();
	return 1;
}

void expect_reserved(const char *word)
{
	if (!accept_reserved(word)) {
		const char *found = token_name(peek_token());

		current_line = input_line();
		lexer_reset();
		fail(2, "Syntax error: %s unexpected (expecting \"%s\")", found, word);
	}
}

void skip_newlines(void)
{
	while (peek_token() == T_NEWLINE)
		next_token();
}

/* The delimiter as it will stand in the text, and whether it was quoted. */
static char *unquote_delimiter(const char *raw, int *quoted)
{
	struct buf b = { 0 };
	char quote = 0;

	for (; *raw; raw++) {
		if (quote ? *raw == quote : *raw == '\'' || *raw == '"') {
			quote = quote ? 0 : *raw;
			*quoted = 1;
		} else if (*raw == '\\' && quote != '\'') {
			*quoted = 1;
			if (raw[1])
				buf_char(&b, *++raw);
		} else {
			buf_char(&b, *raw);
		}
	}
	return buf_end(&b);
}

static struct redir *parse_redirection(void)
{
	struct redir *r = alloc(sizeof(*r));

	*r = (struct redir){ .fd = -1 };
	if (peek_token() == T_IO_NUMBER) {
		next_token();
		r->fd = atoi(token_text());
	}
	r->type = next_token();
	if (r->fd < 0)
		r->fd = r->type == T_GREAT || r->type == T_DGREAT || r->type == T_GREATAND || r->type == T_CLOBBER;
	r->target = take_word();
	if (r->type == T_DLESS || r->type == T_DLESSDASH)
		lexer_here_document(r, unquote_delimiter(r->target, &r->literal));
	return r;
}

static int at_redirection(void)
{
	enum token t = peek_token();

	return t == T_IO_NUMBER || (t >= T_LESS && t <= T_CLOBBER);
}

struct redir *parse_redirections(void)
{
	struct redir *first = NULL, **end = &first;

	while (at_redirection()) {
		*end = parse_redirection();
		end = &(*end)->next;
	}
	return first;
}

static int is_assignment(const char *word)
{
	const char *equals = strchr(word, '=');

	return equals && is_name(word, equals - word);
}

static struct node *parse_function(char *name)
{
	struct node *node = new_node(N_FUNCTION, NULL, NULL);

	next_token();
	if (next_token() != T_RPAREN)
		syntax_error("(");
	if (!is_name(name, strlen(name)))
		syntax_error(name);
	skip_newlines();
	node->name = name;
	node->a = parse_compound();
	if (!node->a)
		unexpected();
	node->a->redirs = parse_redirections();
	return node;
}

static struct node *parse_simple(void)
{
	struct node *node = new_node(N_SIMPLE, NULL, NULL);
	struct word **assigns = &node->assigns, **words = &node->words;
	struct redir **redirs = &node->redirs;

	for (;;) {
		if (at_redirection()) {
			*redirs = parse_redirection();
			redirs = &(*redirs)->next;
		} else if (peek_token() == T_WORD) {
			struct word *word = new_word(take_word());

			if (!node->words && is_assignment(word->text)) {
				*assigns = word;
				assigns = &word->next;
				continue;
			}
			*words = word;
			words = &word->next;
			if (word == node->words && !node->assigns && !node->redirs && peek_token() == T_LPAREN)
				return parse_function(word->text);
		} else {
			break;
		}
	}
	if (!node->words && !node->assigns && !node->redirs)
		unexpected();
	return node;
}

struct node *parse_command(void)
{
	static const char *const closers[] = { "then", "else", "elif", "fi", "do", "done", "esac", "}" };
	struct node *node;
	int i;

	while (peek_token() == T_WORD && alias_expand(token_text()))
		next_token();
	node = parse_compound();
	if (node) {
		node->redirs = parse_redirections();
		return node;
	}
	for (i = 0; i < sizeof(closers) / sizeof(*closers); i++)
		if (at_reserved(closers[i]))
			unexpected();
	return parse_simple();
}

/* What was typed from `from` to the token that comes next, without blanks at its end. */
static char *typed_since(size_t from)
{
	char *text = input_text(from, token_start());
	size_t n = strlen(text);

	while (n && isspace((unsigned char)text[n - 1]))
		text[--n] = '\0';
	return text;
}

static struct node *parse_pipeline(void)
{
	int negate = 0;
	size_t from;
	struct node *first, *pipe, **end;

	while (accept_reserved("!"))
		negate = !negate;
	from = token_start();
	first = parse_command();
	if (peek_token() == T_PIPE) {
		pipe = new_node(N_PIPE, first, NULL);
		end = &first->next;
		while (peek_token() == T_PIPE) {
			next_token();
			skip_newlines();
			*end = parse_command();
			end = &(*end)->next;
		}
		first = pipe;
	}
	first->text = typed_since(from);
	return negate ? new_node(N_NOT, first, NULL) : first;
}

static struct node *parse_and_or(void)
{
	size_t from = token_start();
	struct node *left = parse_pipeline();

	for (;;) {
		enum token t = peek_token();

		if (t != T_AND && t != T_OR) {
			left->text = typed_since(from);
			return left;
		}
		next_token();
		skip_newlines();
		left = new_node(t == T_AND ? N_AND : N_OR, left, parse_pipeline());
	}
}

/* Can no command begin here? */
static int list_ends(void)
{
	static const char *const closers[] = { "then", "else", "elif", "fi", "do", "done", "esac", "}" };
	enum token t = peek_token();
	int i;

	if (t == T_EOF || t == T_RPAREN || t == T_DSEMI || t == T_NEWLINE)
		return 1;
	for (i = 0; i < sizeof(closers) / sizeof(*closers); i++)
		if (at_reserved(closers[i]))
			return 1;
	return 0;
}

/* Commands up to a newline (over newlines too, with `multiline`). */
static struct node *parse_commands(int multiline)
{
	struct node *list = NULL, *node;

	for (;;) {
		enum token t;

		node = parse_and_or();
		t = peek_token();
		if (t == T_AMP) {
			char *text = node->text;

			node = new_node(N_BACKGROUND, node, NULL);
			node->text = text;
		}
		list = list ? new_node(N_SEQUENCE, list, node) : node;
		if (t == T_AMP || t == T_SEMI)
			next_token();
		else if (t != T_NEWLINE || !multiline)
			return list;
		if (multiline)
			skip_newlines();
		if (list_ends())
			return list;
	}
}

struct node *parse_list(void)
{
	skip_newlines();
	return parse_commands(1);
}

struct node *parse_line(int *eof)
{
	struct node *node;

	*eof = 0;
	input_new_command();
	lexer_reset();
	if (peek_token() == T_NEWLINE) {
		next_token();
		return NULL;
	}
	if (peek_token() == T_EOF) {
		*eof = 1;
		return NULL;
	}
	node = parse_commands(0);
	if (peek_token() != T_NEWLINE && peek_token() != T_EOF)
		unexpected();
	next_token();
	return node;
}
