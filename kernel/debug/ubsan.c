/*
 * Undefined behaviour, told by the calls that -fsanitize= puts into the code: a
 * shift by more than there are bits, an index beyond its array, a sum that does
 * not fit, a null or misaligned pointer. Each place reports once; the operation
 * then goes on and gives what the machine gives.
 *
 * The handlers and their arguments are what gcc and clang agree on. Only the
 * unusual path comes here. Context: any.
 */
#include <linux/bits.h>
#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/report.h>

struct source_location {
	const char *file;
	u32 line;
	u32 column;			/* [atomic] TOLD once reported */
};

#define TOLD	31

struct type_descriptor {
	u16 kind;			/* 0: integer, 1: floating point */
	u16 info;			/* integer: bit 0 signed, the rest log2 of its bits */
	char name[];			/* with its quotes */
};

struct overflow_data {
	struct source_location location;
	const struct type_descriptor *type;
};

struct shift_data {
	struct source_location location;
	const struct type_descriptor *left, *right;
};

struct bounds_data {
	struct source_location location;
	const struct type_descriptor *array, *index;
};

struct mismatch_data {
	struct source_location location;
	const struct type_descriptor *type;
	u8 log_alignment;
	u8 access;			/* LOAD, STORE, the others of access_words */
};

struct builtin_data {
	struct source_location location;
	u8 kind;
};

#define STORE	1

/* Those of C; the compilers number those of C++, too. */
static const char *const access_words[] = { "load of", "store to", "", "member access within" };

/* -------------------------------------------------------------------- values */

static bool is_signed(const struct type_descriptor *type)
{
	return type->info & 1;
}

static unsigned int bits_of(const struct type_descriptor *type)
{
	return 1u << (type->info >> 1);
}

/* What fits into a register is handed over itself, a long long by its address. */
static s64 value_of(const struct type_descriptor *type, void *value)
{
	unsigned int bits = bits_of(type);

	if (bits == 64)
		return *(s64 *)value;
	return is_signed(type) ? (s64)(s32)((u32)value << (32 - bits)) >> (32 - bits)
			       : (s64)(u32)value;
}

struct number {
	char text[24];
};

static const char *number_text(struct number *number, const struct type_descriptor *type, void *value)
{
	snprintf(number->text, sizeof(number->text), is_signed(type) ? "%lld" : "%llu",
		 value_of(type, value));
	return number->text;
}

/* -------------------------------------------------------------------- reports */

/*
 * True where a block is to be made: starts it with its first line. Like all below it is part
 * of a handler, which is called from the place.
 */
static __always_inline bool begin(struct source_location *location, const char *what)
{
	struct report_place place = { .ip = _RET_IP_, .file = location->file, .line = location->line };
	bool told;

	if (report_running())
		return false;
	told = test_and_set_bit(TOLD, (unsigned long *)&location->column);
	if (told && !report_expecting())
		return false;
	report_begin_at(&place, "UBSAN: %s", what);
	return true;
}

static __always_inline void end(void)
{
	report_stack_from("Call trace:", (unsigned long)__builtin_frame_address(0));
	report_end();
}

static __always_inline void overflow(struct overflow_data *data, const char *op, void *left,
				     void *right)
{
	struct number a, b;

	if (!begin(&data->location, "signed-integer-overflow"))
		return;
	report_line("%s %s %s does not fit into type %s", number_text(&a, data->type, left), op,
		    number_text(&b, data->type, right), data->type->name);
	end();
}

/* clang calls its own helpers without the kernel's -mregparm. */
#ifdef __clang__
#define HANDLER __attribute__((regparm(0)))
#else
#define HANDLER
#endif

/* The compilers call these by name; nobody else does. */
HANDLER void __ubsan_handle_add_overflow(struct overflow_data *data, void *left, void *right);
HANDLER void __ubsan_handle_sub_overflow(struct overflow_data *data, void *left, void *right);
HANDLER void __ubsan_handle_mul_overflow(struct overflow_data *data, void *left, void *right);
HANDLER void __ubsan_handle_negate_overflow(struct overflow_data *data, void *value);
HANDLER void __ubsan_handle_divrem_overflow(struct overflow_data *data, void *left, void *right);
HANDLER void __ubsan_handle_shift_out_of_bounds(struct shift_data *data, void *left, void *right);
HANDLER void __ubsan_handle_out_of_bounds(struct bounds_data *data, void *index);
HANDLER void __ubsan_handle_type_mismatch_v1(struct mismatch_data *data, void *pointer);
HANDLER void __ubsan_handle_load_invalid_value(struct overflow_data *data, void *value);
HANDLER void __ubsan_handle_vla_bound_not_positive(struct overflow_data *data, void *bound);
HANDLER void __ubsan_handle_invalid_builtin(struct builtin_data *data);
HANDLER void __ubsan_handle_builtin_unreachable(struct overflow_data *data) __noreturn;

void __ubsan_handle_add_overflow(struct overflow_data *data, void *left, void *right)
{
	overflow(data, "+", left, right);
}
EXPORT_SYMBOL(__ubsan_handle_add_overflow);

void __ubsan_handle_sub_overflow(struct overflow_data *data, void *left, void *right)
{
	overflow(data, "-", left, right);
}
EXPORT_SYMBOL(__ubsan_handle_sub_overflow);

void __ubsan_handle_mul_overflow(struct overflow_data *data, void *left, void *right)
{
	overflow(data, "*", left, right);
}
EXPORT_SYMBOL(__ubsan_handle_mul_overflow);

void __ubsan_handle_negate_overflow(struct overflow_data *data, void *value)
{
	struct number a;

	if (!begin(&data->location, "signed-integer-overflow"))
		return;
	report_line("-(%s) does not fit into type %s", number_text(&a, data->type, value),
		    data->type->name);
	end();
}
EXPORT_SYMBOL(__ubsan_handle_negate_overflow);

/* The hardware faults next. */
void __ubsan_handle_divrem_overflow(struct overflow_data *data, void *left, void *right)
{
	struct number a, b;

	if (!begin(&data->location, value_of(data->type, right) ? "signed-integer-overflow"
								: "division-by-zero"))
		return;
	report_line("%s / %s of type %s", number_text(&a, data->type, left),
		    number_text(&b, data->type, right), data->type->name);
	end();
}
EXPORT_SYMBOL(__ubsan_handle_divrem_overflow);

void __ubsan_handle_shift_out_of_bounds(struct shift_data *data, void *left, void *right)
{
	s64 count = value_of(data->right, right);
	struct number a, b;

	if (!begin(&data->location, "shift-out-of-bounds"))
		return;
	number_text(&a, data->left, left);
	number_text(&b, data->right, right);
	if (count < 0 || count >= bits_of(data->left))
		report_line("a shift by %s; type %s has %u bits", b.text, data->left->name,
			    bits_of(data->left));
	else
		report_line("%s << %s does not fit into type %s", a.text, b.text, data->left->name);
	end();
}
EXPORT_SYMBOL(__ubsan_handle_shift_out_of_bounds);

void __ubsan_handle_out_of_bounds(struct bounds_data *data, void *index)
{
	struct number a;

	if (!begin(&data->location, "array-index-out-of-bounds"))
		return;
	report_line("index %s is outside of type %s", number_text(&a, data->index, index),
		    data->array->name);
	end();
}
EXPORT_SYMBOL(__ubsan_handle_out_of_bounds);

/*
 * Only what is really read or written has to be aligned: the walk along a list
 * ends at its head as if that, too, were inside of an entry. i386 aligns no member to
 * more than a word, whatever a compiler would prefer.
 */
void __ubsan_handle_type_mismatch_v1(struct mismatch_data *data, void *pointer)
{
	if (pointer && (data->access > STORE || IS_ALIGNED((unsigned long)pointer, sizeof(long))))
		return;
	if (!begin(&data->location, pointer ? "misaligned-access" : "null-pointer"))
		return;
	report_line("%s address %p of type %s, which needs an alignment of %u",
		    access_words[data->access], pointer, data->type->name,
		    1u << data->log_alignment);
	end();
}
EXPORT_SYMBOL(__ubsan_handle_type_mismatch_v1);

void __ubsan_handle_load_invalid_value(struct overflow_data *data, void *value)
{
	if (!begin(&data->location, "invalid-load"))
		return;
	report_line("the value %lu is none of type %s", (unsigned long)value, data->type->name);
	end();
}
EXPORT_SYMBOL(__ubsan_handle_load_invalid_value);

void __ubsan_handle_vla_bound_not_positive(struct overflow_data *data, void *bound)
{
	struct number a;

	if (!begin(&data->location, "vla-bound"))
		return;
	report_line("an array of %s elements", number_text(&a, data->type, bound));
	end();
}
EXPORT_SYMBOL(__ubsan_handle_vla_bound_not_positive);

void __ubsan_handle_invalid_builtin(struct builtin_data *data)
{
	if (!begin(&data->location, "invalid-builtin"))
		return;
	report_line("0 has no first and no last set bit: %s(0)", data->kind ? "clz" : "ctz");
	end();
}
EXPORT_SYMBOL(__ubsan_handle_invalid_builtin);

void __ubsan_handle_builtin_unreachable(struct overflow_data *data)
{
	if (begin(&data->location, "unreachable"))
		end();
	panic("the end of %s was reached, line %u", data->location.file, data->location.line);
}
EXPORT_SYMBOL(__ubsan_handle_builtin_unreachable);
