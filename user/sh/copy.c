/* copy.c: a function outlives the command that defined it, so its tree is copied to the heap. */
#include <string.h>
#include "sh.h"

static char *copy_text(const char *s)
{
	return s ? must_strdup(s) : NULL;
}

static struct word *copy_words(const struct word *w)
{
	struct word *first = NULL, **end = &first;

	for (; w; w = w->next) {
		*end = must_malloc(sizeof(**end));
		**end = (struct word){ .text = copy_text(w->text) };
		end = &(*end)->next;
	}
	return first;
}

static struct redir *copy_redirs(const struct redir *r)
{
	struct redir *first = NULL, **end = &first;

	for (; r; r = r->next) {
		*end = must_malloc(sizeof(**end));
		**end = *r;
		(*end)->next = NULL;
		(*end)->target = copy_text(r->target);
		end = &(*end)->next;
	}
	return first;
}

static struct case_item *copy_items(const struct case_item *i)
{
	struct case_item *first = NULL, **end = &first;

	for (; i; i = i->next) {
		*end = must_malloc(sizeof(**end));
		**end = (struct case_item){ .patterns = copy_words(i->patterns), .body = copy_node(i->body) };
		end = &(*end)->next;
	}
	return first;
}

struct node *copy_node(const struct node *node)
{
	struct node *new;

	if (!node)
		return NULL;
	new = must_malloc(sizeof(*new));
	*new = *node;
	new->next = copy_node(node->next);
	new->a = copy_node(node->a);
	new->b = copy_node(node->b);
	new->c = copy_node(node->c);
	new->assigns = copy_words(node->assigns);
	new->words = copy_words(node->words);
	new->redirs = copy_redirs(node->redirs);
	new->items = copy_items(node->items);
	new->name = copy_text(node->name);
	new->text = copy_text(node->text);
	return new;
}
