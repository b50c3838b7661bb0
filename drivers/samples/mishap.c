/*
 * /dev/mishap: three small tasks, each one where it is easy to make a mistake that a kernel does not forgive.
 *
 *	echo find 17 >/dev/mishap	what does parcel 17 weigh?  ENOENT if there is none
 *	echo mirror word >/dev/mishap	the word, backwards
 *	echo keep word >/dev/mishap	keeps the word, and gives back what was kept before
 *	cat /dev/mishap			the last task's answer
 *
 * Parcels have the numbers first, first + 1, first + 4, first + 9 and so on: first=N says where they begin.
 *
 * Context: process; sleeps.
 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define PARCELS		8
#define LINE_BYTES	64

static unsigned int first = 10;
module_param(first, uint, 0444);
MODULE_PARM_DESC(first, "the first parcel's number");

struct parcel {
	unsigned int number;
	unsigned int grams;
};

static struct parcel parcels[PARCELS];
static DEFINE_MUTEX(answer_lock);
static char answer[LINE_BYTES];		/* [answer_lock] */
static DEFINE_SPINLOCK(kept_lock);
static char *kept;			/* [kept_lock] */

static void say(const char *text)
{
	mutex_lock(&answer_lock);
	snprintf(answer, sizeof(answer), "%s\n", text);
	mutex_unlock(&answer_lock);
}

/* The parcel of this number, or NULL. */
static noinline struct parcel *look_up(unsigned int number)
{
	for (int i = 0; i < PARCELS; i++)
		if (parcels[i].number == number)
			return &parcels[i];
	return NULL;
}

static noinline int find(const char *word)
{
	char text[16];
	unsigned int number;
	struct parcel *parcel;

	if (kstrtouint(word, 10, &number))
		return -EINVAL;
	parcel = look_up(number);
	/* LAB 01.3 { find */
	if (!parcel)
		return -ENOENT;
	/* } LAB */
	snprintf(text, sizeof(text), "%u g", parcel->grams);
	say(text);
	return 0;
}

static noinline int mirror(const char *word)
{
	size_t length = strlen(word);
	char *copy;

	/* LAB 01.3 { mirror */
	copy = kmalloc(length + 1, GFP_KERNEL);
	/* } LAB */
	if (!copy)
		return -ENOMEM;
	for (size_t i = 0; i < length; i++)
		copy[i] = word[length - 1 - i];
	copy[length] = '\0';
	say(copy);
	kfree(copy);
	return 0;
}

static noinline int keep(const char *word)
{
	char *old;
	/* LAB 01.3 { keep */
	char *fresh = kstrdup(word, GFP_KERNEL);

	if (!fresh)
		return -ENOMEM;
	/* } LAB */
	spin_lock(&kept_lock);
	old = kept;
	/* LAB 01.3 { swap */
	kept = fresh;
	/* } LAB */
	spin_unlock(&kept_lock);
	say(old ?: "nothing");
	kfree(old);
	return 0;
}

static ssize_t mishap_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	ssize_t got;

	mutex_lock(&answer_lock);
	got = simple_read_from_buffer(buf, count, pos, answer, strlen(answer));
	mutex_unlock(&answer_lock);
	return got;
}

static ssize_t mishap_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char line[LINE_BYTES], *word = line;
	const char *task;
	int err = -EINVAL;

	if (!count || count >= sizeof(line))
		return -EINVAL;
	if (copy_from_user(line, buf, count))
		return -EFAULT;
	line[count] = '\0';
	line[strcspn(line, "\n")] = '\0';
	task = strsep(&word, " ");
	if (word && !strcmp(task, "find"))
		err = find(word);
	else if (word && !strcmp(task, "mirror"))
		err = mirror(word);
	else if (word && !strcmp(task, "keep"))
		err = keep(word);
	return err ?: count;
}

static const struct file_operations mishap_fops = {
	.owner = THIS_MODULE,
	.read = mishap_read,
	.write = mishap_write,
	.llseek = default_llseek,
};

static struct miscdevice mishap = { .minor = MISC_DYNAMIC_MINOR, .name = "mishap", .fops = &mishap_fops };

static int __init mishap_init(void)
{
	for (unsigned int i = 0; i < PARCELS; i++)
		parcels[i] = (struct parcel){ .number = first + i * i, .grams = 100 + (first + i * i) % 900 };
	return misc_register(&mishap);
}

static void __exit mishap_exit(void)
{
	misc_deregister(&mishap);
	kfree(kept);
}

module_init(mishap_init);
module_exit(mishap_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("three tasks and their mistakes");
