/* compound.c: the commands that begin with a reserved word or a parenthesis. */
#include <string.h>
#include "sh.h"

static struct node *parse_if(void)
{
	struct node *node = new_node(N_IF, NULL, NULL);

	node->a = parse_list();
	expect_reserved("then");
	node->b = parse_list();
	if (accept_reserved("elif")) {
		node->c = parse_if();		/* its fi is ours */
		return node;
	}
	if (accept_reserved("else"))
		node->c = parse_list();
	expect_reserved("fi");
	return node;
}

static struct node *parse_do(void)
{
	struct node *body;

	expect_reserved("do");
	body = parse_list();
	expect_reserved("done");
	return body;
}

static struct node *parse_loop(enum node_type type)
{
	struct node *node = new_node(type, parse_list(), NULL);

	node->b = parse_do();
	return node;
}

static struct node *parse_for(void)
{
	struct node *node = new_node(N_FOR, NULL, NULL);
	struct word **end = &node->words;

	node->name = take_word();
	if (!is_name(node->name, strlen(node->name)))
		syntax_error(node->name);
	node->all_args = 1;
	skip_newlines();
	if (accept_reserved("in")) {
		node->all_args = 0;
		while (peek_token() == T_WORD) {
			*end = new_word(take_word());
			end = &(*end)->next;
		}
		if (peek_token() != T_SEMI && peek_token() != T_NEWLINE)
			syntax_error(token_name(peek_token()));
	}
	if (peek_token() == T_SEMI)
		next_token();
	skip_newlines();
	node->b = parse_do();
	return node;
}

/* [(] pattern { | pattern } ) list ;; */
static struct case_item *parse_case_item(void)
{
	struct case_item *item = alloc(sizeof(*item));
	struct word **end = &item->patterns;

	*item = (struct case_item){ 0 };
	if (peek_token() == T_LPAREN)
		next_token();
	for (;;) {
		*end = new_word(take_word());
		end = &(*end)->next;
		if (peek_token() != T_PIPE)
			break;
		next_token();
	}
	if (next_token() != T_RPAREN)
		syntax_error("pattern");
	skip_newlines();
	if (peek_token() != T_DSEMI && !at_reserved("esac"))
		item->body = parse_list();
	if (peek_token() == T_DSEMI)
		next_token();
	else if (!at_reserved("esac"))
		syntax_error(token_name(peek_token()));
	skip_newlines();
	return item;
}

static struct node *parse_case(void)
{
	struct node *node = new_node(N_CASE, NULL, NULL);
	struct case_item **end = &node->items;

	node->name = take_word();
	skip_newlines();
	expect_reserved("in");
	skip_newlines();
	while (!accept_reserved("esac")) {
		*end = parse_case_item();
		end = &(*end)->next;
	}
	return node;
}

/* Returns null when none begins here. */
struct node *parse_compound(void)
{
	struct node *body;

	if (peek_token() == T_LPAREN) {
		next_token();
		body = parse_list();
		if (peek_token() != T_RPAREN)
			syntax_error(token_name(peek_token()));
		next_token();
		return new_node(N_SUBSHELL, body, NULL);
	}
	if (accept_reserved("{")) {
		body = parse_list();
		expect_reserved("}");
		return new_node(N_GROUP, body, NULL);
	}
	if (accept_reserved("if"))
		return parse_if();
	if (accept_reserved("while"))
		return parse_loop(N_WHILE);
	if (accept_reserved("until"))
		return parse_loop(N_UNTIL);
	if (accept_reserved("for"))
		return parse_for();
	if (accept_reserved("case"))
		return parse_case();
	return NULL;
}
