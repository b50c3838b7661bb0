/*
 * sh.h: the shell's parts and what they ask of each other.
 *
 *   input.c -> lexer.c -> parser.c, compound.c -> exec.c, simple.c
 *   characters   tokens      a tree of nodes        processes
 *
 * Words stay as they were typed, quotes and all, until the moment they are
 * used; then expand.c (with param.c and arith.c) and fields.c turn them into
 * arguments.  jobs.c knows the processes, edit.c reads lines from a terminal.
 */
#ifndef SH_H
#define SH_H

#include <setjmp.h>
#include <stddef.h>
#include <sys/types.h>

/* ---- memory.c: a stack of allocations; whatever a command needed goes when it is done */

struct mark {
	struct chunk *chunk;
	size_t used;
};

struct buf {
	char *text;
	size_t len, room;
};

void *alloc(size_t size);
char *copy_string(const char *s);
char *copy_bytes(const char *s, size_t n);
struct mark mark_memory(void);
void release_memory(struct mark m);
void *must_malloc(size_t size);
char *must_strdup(const char *s);
void buf_char(struct buf *b, char c);
void buf_bytes(struct buf *b, const char *s, size_t n);
void buf_string(struct buf *b, const char *s);
char *buf_end(struct buf *b);

/* ---- input.c: where commands come from */

void input_push_file(int fd, const char *name);
void input_push_string(const char *s);
void input_pop(void);
int input_char(void);			/* EOF at the end */
void input_unget(int c);
int input_line(void);
int input_is_terminal(void);
void input_forget(void);		/* throw away the rest of a terminal's line */
size_t input_mark(void);		/* a place in the text read so far */
char *input_text(size_t from, size_t to);
void input_new_command(void);
struct input *input_depth(void);
void input_pop_to(struct input *depth);
struct alias;
void input_push_alias(struct alias *alias, const char *text);
int input_has_alias(const struct alias *alias);

/* ---- alias.c */

const char *alias_text(const char *word);	/* null: it is none */
int alias_expand(const char *word);	/* puts the text of an alias before the input; 0: none */
int builtin_alias(int argc, char **argv);
int builtin_unalias(int argc, char **argv);

/* ---- lexer.c */

enum token {
	T_EOF, T_NEWLINE, T_WORD, T_IO_NUMBER,
	T_AMP, T_AND, T_SEMI, T_DSEMI, T_PIPE, T_OR, T_LPAREN, T_RPAREN,
	T_LESS, T_GREAT, T_DGREAT, T_DLESS, T_DLESSDASH, T_LESSAND, T_GREATAND, T_LESSGREAT, T_CLOBBER,
};

struct redir;
enum token peek_token(void);
enum token next_token(void);		/* takes the token peeked at */
const char *token_text(void);
size_t token_start(void);
const char *token_name(enum token token);
void lexer_reset(void);
void lexer_here_document(struct redir *r, const char *delimiter);
int is_name(const char *s, size_t n);

/* ---- parser.c, compound.c, copy.c */

struct word {
	struct word *next;
	char *text;
};

struct redir {
	struct redir *next;
	enum token type;
	int fd;
	char *target;		/* a here-document: its text */
	int literal;		/* a here-document whose delimiter was quoted */
};

enum node_type {
	N_SIMPLE, N_PIPE, N_NOT, N_AND, N_OR, N_SEQUENCE, N_BACKGROUND,
	N_SUBSHELL, N_GROUP, N_IF, N_WHILE, N_UNTIL, N_FOR, N_CASE, N_FUNCTION,
};

struct case_item {
	struct case_item *next;
	struct word *patterns;
	struct node *body;
};

struct node {
	enum node_type type;
	struct node *next;		/* in a pipe */
	struct node *a, *b, *c;		/* left and right; condition, then, else; body */
	struct word *assigns, *words;	/* simple command; words of for (null with all_args: "$@") */
	struct redir *redirs;
	struct case_item *items;
	char *name;			/* for's variable, case's subject, function */
	char *text;			/* as typed, for job messages */
	int all_args;
	int line;
};

struct node *parse_line(int *eof);	/* one complete command */
struct node *parse_list(void);
struct node *parse_command(void);
struct node *new_node(enum node_type type, struct node *a, struct node *b);
struct node *copy_node(const struct node *node);
int at_reserved(const char *word);
int is_reserved(const char *word);
int accept_reserved(const char *word);
void expect_reserved(const char *word);
void skip_newlines(void);
struct redir *parse_redirections(void);
struct node *parse_compound(void);
void syntax_error(const char *near) __attribute__((noreturn));
char *take_word(void);
struct word *new_word(char *text);

/* ---- vars.c */

#define V_EXPORT 1
#define V_READONLY 2

char *var_get(const char *name);
void var_set(const char *name, const char *value);
void var_set_number(const char *name, long value);
void var_flag(const char *name, int flags);
int var_unset(const char *name);
void var_print(int flags, const char *prefix);
void var_local(const char *name);
void print_quoted(const char *value);	/* as the shell reads it back */
int var_locals_begin(void);
void var_locals_end(int depth);
char **var_environment(struct word *assigns);
void var_init(char **environment);
int assign(const char *text, int flags);	/* name=raw word */

struct params {
	int argc;		/* of $1 on */
	char **argv;
};
extern struct params params;
extern char *shell_name;	/* $0 */

/* ---- expand.c, param.c, arith.c, fields.c */

/* what each character of an expansion may still become */
#define A_LITERAL 0	/* typed without quotes: may be a pattern */
#define A_QUOTED 1
#define A_SPLIT 2	/* came out of a $: split at IFS, and may be a pattern */
#define A_BREAK 3	/* between two words of "$@" */
#define A_EMPTY 4	/* "" stood here */

struct expansion {
	struct buf text, attributes;
	int in_quotes;
	int nothing;		/* a "$@" without parameters was here */
};

void expand_raw(struct expansion *x, const char *s, size_t n);
void expand_put(struct expansion *x, const char *s, size_t n);
const char *expand_parameter(struct expansion *x, const char *s);
struct word *expand_words(struct word *words);
char *expand_string(const char *raw);		/* one string, no splitting */
char *expand_assignment(const char *raw);
char *expand_pattern(const char *raw);
char *expand_here(const char *raw);
char *expansion_string(struct expansion *x);
char *expansion_pattern(struct expansion *x);
struct word *expansion_fields(struct expansion *x);
const char *skip_quoted(const char *s, int in_quotes);	/* past '..', "..", \c, $.., `..` or one character */
char *command_output(const char *command);
long long arithmetic(const char *s);

/* ---- exec.c, simple.c, redir.c */

#define EX_LAST 1	/* nothing follows: the process may become the command */

extern int status;	/* $? */
extern int substitution_status;	/* of the latest $( ) */
extern pid_t last_background;
extern enum unwind { U_NONE, U_BREAK, U_CONTINUE, U_RETURN } unwinding;
extern int unwind_count, loop_depth, function_depth, condition_depth;
extern int subshell;
extern pid_t shell_pid;

int run(struct node *node, int flags);
int run_simple(struct node *node, int flags);
int run_string(const char *text, int flags);
int run_file(const char *path);
void define_function(const char *name, const struct node *body);
int undefine_function(const char *name);
struct node *find_function(const char *name);
char *find_command(const char *name);	/* in PATH; null: none */
void exec_program(char **argv, char **env, const char *path) __attribute__((noreturn));

struct saved_fd {
	struct saved_fd *next;
	int fd, copy;		/* copy -1: it was closed */
};
int redirect(struct redir *r, struct saved_fd **saved);
void restore_fds(struct saved_fd *saved);

/* ---- jobs.c */

struct job;
extern int job_control;
struct job *job_new(const char *text);
pid_t job_fork(struct job *job, int foreground);
int job_wait(struct job *job);
void job_background(struct job *job);
void jobs_notify(void);
void jobs_forget(void);
void jobs_init(int interactive);
int jobs_stopped(void);
int builtin_jobs(int argc, char **argv);
int builtin_fg(int argc, char **argv);
int builtin_bg(int argc, char **argv);
int builtin_wait(int argc, char **argv);
int builtin_kill(int argc, char **argv);

/* ---- trap.c */

int builtin_trap(int argc, char **argv);
void traps_run(void);
void traps_reset(void);		/* in a subshell */
void shell_exit(int code) __attribute__((noreturn));
void signals_init(int interactive);
int trap_is_set(int sig);
int trap_pending(void);
extern volatile int interrupted;

/* ---- builtins.c and its kin */

struct builtin {
	const char *name;
	int (*run)(int argc, char **argv);
	int special;		/* POSIX's special ones: assignments before them stay */
	int operands_only;	/* it has no options that come first: a -- before its operands is dropped for it */
};

const struct builtin *find_builtin(const char *name);
const char *builtin_name(int i);
int run_builtin(const struct builtin *builtin, int argc, char **argv);
int builtin_cd(int argc, char **argv);
int builtin_pwd(int argc, char **argv);
int builtin_read(int argc, char **argv);
int builtin_echo(int argc, char **argv);
int builtin_printf(int argc, char **argv);
int builtin_test(int argc, char **argv);
int builtin_getopts(int argc, char **argv);
int builtin_set(int argc, char **argv);
int builtin_umask(int argc, char **argv);
int builtin_ulimit(int argc, char **argv);
int builtin_hash(int argc, char **argv);
int builtin_history(int argc, char **argv);
int builtin_type(int argc, char **argv);
int builtin_command(int argc, char **argv);
int builtin_exec(int argc, char **argv);

extern int option_e, option_x, option_u, option_f, option_n, option_v, option_C, option_a, option_m;
extern int option_pipefail, option_ignoreeof;
extern int interactive;
int set_options(const char *letters, int on);
int set_named(const char *name, int on);	/* -o name, or without a name the list; how many arguments that was */
char *option_letters(void);

/* ---- edit.c, complete.c, history.c */

char *edit_line(const char *prompt);	/* malloc()ed, with its newline; null at ^D */
int complete(const char *line, size_t cursor, char ***names, size_t *word);
void history_add(const char *line);
const char *history_get(int back);	/* 1: the latest */
void history_load(void);

/* ---- main.c */

/* Where an error goes: the prompt of an interactive shell, the end of any other. */
extern jmp_buf top_level;
extern int current_line;	/* of the command that runs, for messages */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
void fail(int code, const char *format, ...) __attribute__((noreturn, format(printf, 2, 3)));

#endif
