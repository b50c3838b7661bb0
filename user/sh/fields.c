/* fields.c: an expansion into arguments: splitting at IFS, quotes removed, patterns into file names. */
#include <glob.h>
#include <string.h>
#include "sh.h"

/* All of it as one string. */
char *expansion_string(struct expansion *x)
{
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < x->text.len; i++) {
		if (x->attributes.text[i] == A_BREAK)
			buf_char(&b, ' ');
		else if (x->attributes.text[i] != A_EMPTY)
			buf_char(&b, x->text.text[i]);
	}
	return buf_end(&b);
}

static void put_pattern(struct buf *b, char c, char attribute)
{
	if (attribute == A_QUOTED && strchr("*?[]\\!-^", c))
		buf_char(b, '\\');
	buf_char(b, c);
}

/* For fnmatch(): what was quoted gets a backslash. */
char *expansion_pattern(struct expansion *x)
{
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < x->text.len; i++)
		if (x->attributes.text[i] != A_EMPTY)
			put_pattern(&b, x->text.text[i], x->attributes.text[i]);
	return buf_end(&b);
}

struct field {
	struct buf text, pattern;
	int exists;		/* also when it is empty, if it was quoted */
	int bracket;		/* an unquoted [ waits for its ] */
	int magic;		/* it may be a pattern: an unquoted * ? or [ ] is in it */
};

static void look_for_magic(struct field *f, char c)
{
	f->bracket |= c == '[';
	f->magic |= c == '*' || c == '?' || (c == ']' && f->bracket);
}

static struct word **finish_field(struct field *f, struct word **end)
{
	glob_t g;
	size_t i;

	if (!f->exists)
		return end;
	if (f->magic && !option_f && glob(buf_end(&f->pattern), 0, NULL, &g) == 0) {
		for (i = 0; i < g.gl_pathc; i++) {
			*end = new_word(copy_string(g.gl_pathv[i]));
			end = &(*end)->next;
		}
		globfree(&g);
	} else {
		*end = new_word(buf_end(&f->text));
		end = &(*end)->next;
	}
	*f = (struct field){ 0 };
	return end;
}

static int is_ifs(const struct expansion *x, size_t i, const char *ifs)
{
	return i < x->text.len && x->attributes.text[i] == A_SPLIT && strchr(ifs, x->text.text[i]);
}

/*
 * A delimiter is blanks around at most one other character of IFS.  Blanks
 * alone never make an empty field; "a::b" has one.
 */
static size_t skip_delimiter(const struct expansion *x, size_t i, const char *ifs, int *hard)
{
	*hard = 0;
	for (; is_ifs(x, i, ifs); i++) {
		if (!strchr(" \t\n", x->text.text[i])) {
			if (*hard)
				break;
			*hard = 1;
		}
	}
	return i;
}

struct word *expansion_fields(struct expansion *x)
{
	struct word *first = NULL, **end = &first;
	const char *ifs = var_get("IFS");
	struct field f = { 0 };
	size_t i = 0;
	int hard;

	if (!ifs)
		ifs = " \t\n";
	while (i < x->text.len) {
		char c = x->text.text[i], attribute = x->attributes.text[i];

		if (is_ifs(x, i, ifs)) {
			i = skip_delimiter(x, i, ifs, &hard);
			f.exists |= hard;
			end = finish_field(&f, end);
			continue;
		}
		if (attribute == A_BREAK) {
			end = finish_field(&f, end);
		} else {
			f.exists = 1;
			if (attribute != A_EMPTY) {
				buf_char(&f.text, c);
				put_pattern(&f.pattern, c, attribute);
				if (attribute != A_QUOTED)
					look_for_magic(&f, c);
			}
		}
		i++;
	}
	finish_field(&f, end);
	return first;
}
