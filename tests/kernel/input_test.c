/*
 * The input core and evdev from a driver's side: what is news, packets, repetition, a device that goes while it is open,
 * devices on the account of another.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/input.h>
#include <linux/platform_device.h>
#include <linux/poll.h>

#define SEEN	16

static struct input_dev *dev;
static struct input_value seen[SEEN];	/* what the test's handler was told of dev */
static unsigned int nr_seen;
static int opened, leds_set;
static char node[32];			/* evdev's, in /dev */

static void listen(struct input_handle *handle, unsigned int type, unsigned int code, int value)
{
	if (nr_seen < SEEN)
		seen[nr_seen] = (struct input_value) { type, code, value };
	nr_seen++;
}

static struct input_handle own_handle;

static int meet(struct input_handler *handler, struct input_dev *met, const struct input_device_id *id)
{
	own_handle = (struct input_handle) { .dev = met, .name = "test", .handler = handler };
	input_register_handle(&own_handle);
	return input_open_device(&own_handle);
}

static void part(struct input_handle *handle)
{
	input_close_device(handle);
	input_unregister_handle(handle);
}

static bool is_ours(struct input_handler *handler, struct input_dev *met)
{
	return met == dev;
}

static const struct input_device_id any[] = { { .driver_info = 1 }, { } };
static struct input_handler listener = {
	.event = listen, .match = is_ours, .connect = meet, .disconnect = part, .name = "test", .id_table = any,
};

static int dev_open(struct input_dev *d)
{
	opened++;
	return 0;
}

static void dev_close(struct input_dev *d)
{
	opened--;
}

static int dev_event(struct input_dev *d, unsigned int type, unsigned int code, int value)
{
	leds_set += type == EV_LED;
	return 0;
}

/* Which eventN it became: evdev's handle has the name. */
static void find_node(void)
{
	struct input_handle *handle;

	node[0] = '\0';
	list_for_each_entry(handle, &dev->h_list, d_node)
		if (strstarts(handle->name, "event"))
			snprintf(node, sizeof(node), "/dev/input/%s", handle->name);
}

static void fill(struct input_dev *d)
{
	d->name = "test device";
	d->open = dev_open;
	d->close = dev_close;
	d->event = dev_event;
	input_set_capability(d, EV_KEY, KEY_A);
	input_set_capability(d, EV_KEY, BTN_LEFT);
	input_set_capability(d, EV_REL, REL_X);
	input_set_capability(d, EV_LED, LED_CAPSL);
	input_set_abs_params(d, ABS_X, -10, 10, 0, 0);
}

static int input_test_init(struct kunit *test)
{
	nr_seen = 0;
	leds_set = 0;
	dev = input_allocate_device();
	if (!dev)
		return -ENOMEM;
	fill(dev);
	if (input_register_device(dev) || input_register_handler(&listener))
		return -ENODEV;
	find_node();
	return 0;
}

static void input_test_exit(struct kunit *test)
{
	input_unregister_handler(&listener);
	if (dev)
		input_unregister_device(dev);
	dev = NULL;
}

static void only_news_goes_on(struct kunit *test)
{
	input_report_key(dev, KEY_A, 5);
	input_report_key(dev, KEY_A, 1);
	input_report_key(dev, KEY_B, 1);	/* not announced */
	input_report_rel(dev, REL_X, 0);
	input_report_rel(dev, REL_X, -3);
	input_report_abs(dev, ABS_X, 0);	/* where it is */
	input_report_abs(dev, ABS_X, 7);
	input_sync(dev);
	input_sync(dev);			/* of nothing */
	KUNIT_ASSERT_EQ(test, nr_seen, 4);
	KUNIT_EXPECT_TRUE(test, seen[0].type == EV_KEY && seen[0].code == KEY_A && seen[0].value == 1);
	KUNIT_EXPECT_TRUE(test, seen[1].type == EV_REL && seen[1].value == -3);
	KUNIT_EXPECT_TRUE(test, seen[2].type == EV_ABS && seen[2].value == 7);
	KUNIT_EXPECT_TRUE(test, seen[3].type == EV_SYN && seen[3].code == SYN_REPORT);
	KUNIT_EXPECT_EQ(test, input_abs_get_val(dev, ABS_X), 7);
}

static void keys_held_repeat(struct kunit *test)
{
	__set_bit(EV_REP, dev->evbit);
	input_enable_softrepeat(dev, 20, 20);
	input_report_key(dev, KEY_A, 1);
	input_sync(dev);
	msleep(150);
	input_report_key(dev, KEY_A, 0);
	KUNIT_EXPECT_GT(test, nr_seen, 5u);
	KUNIT_EXPECT_TRUE(test, seen[2].type == EV_KEY && seen[2].value == 2);
	KUNIT_EXPECT_TRUE(test, seen[3].type == EV_SYN && seen[3].value == 1);
	nr_seen = 0;
	msleep(60);
	KUNIT_EXPECT_EQ(test, nr_seen, 0u);
}

static void lamps_reach_the_driver(struct kunit *test)
{
	input_inject_event(&own_handle, EV_LED, LED_CAPSL, 1);
	input_inject_event(&own_handle, EV_LED, LED_CAPSL, 1);
	input_inject_event(&own_handle, EV_LED, LED_NUML, 1);
	KUNIT_EXPECT_EQ(test, leds_set, 1);
	KUNIT_EXPECT_TRUE(test, test_bit(LED_CAPSL, dev->led));
}

static void who_grabs_gets_all(struct kunit *test)
{
	struct input_handle other = { .dev = dev };

	KUNIT_ASSERT_EQ(test, input_grab_device(&own_handle), 0);
	KUNIT_EXPECT_EQ(test, input_grab_device(&other), -EBUSY);
	input_release_device(&own_handle);
	KUNIT_EXPECT_EQ(test, input_grab_device(&other), 0);
	input_release_device(&other);
}

/* contract: S0-31 */
static void a_device_goes_while_it_is_open(struct kunit *test)
{
	struct file *file = filp_open(node, O_RDONLY | O_NONBLOCK, 0);
	loff_t pos = 0;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	KUNIT_EXPECT_GE(test, opened, 1);
	KUNIT_EXPECT_FALSE(test, !!(vfs_poll(file, NULL) & (EPOLLIN | EPOLLHUP)));
	input_report_key(dev, KEY_A, 1);
	input_sync(dev);
	KUNIT_EXPECT_TRUE(test, !!(vfs_poll(file, NULL) & EPOLLIN));
	input_unregister_device(dev);
	dev = NULL;
	KUNIT_EXPECT_EQ(test, opened, 0);
	KUNIT_EXPECT_TRUE(test, nr_seen >= 3 && seen[2].type == EV_KEY && seen[2].value == 0);	/* let go of */
	KUNIT_EXPECT_EQ(test, file->f_op->read(file, NULL, sizeof(struct input_event), &pos), (ssize_t)-ENODEV);
	KUNIT_EXPECT_TRUE(test, !!(vfs_poll(file, NULL) & EPOLLHUP));
	KUNIT_EXPECT_EQ(test, vfs_ioctl(file, EVIOCGVERSION, 0), (long)-ENODEV);
	KUNIT_EXPECT_TRUE(test, IS_ERR(filp_open(node, O_RDONLY, 0)));
	fput(file);
}

static void goes_with_the_device_it_is_on(struct kunit *test)
{
	struct platform_device *parent = platform_device_register_simple("input-test", -1, NULL, 0);
	struct input_dev *managed;

	KUNIT_ASSERT_FALSE(test, IS_ERR(parent));
	managed = devm_input_allocate_device(&parent->dev);
	KUNIT_ASSERT_NOT_NULL(test, managed);
	fill(managed);
	KUNIT_ASSERT_EQ(test, input_register_device(managed), 0);
	KUNIT_EXPECT_PTR_EQ(test, managed->dev.parent, &parent->dev);
	input_unregister_device(managed);		/* by hand: fine as well */
	managed = devm_input_allocate_device(&parent->dev);
	KUNIT_ASSERT_NOT_NULL(test, managed);
	fill(managed);
	KUNIT_ASSERT_EQ(test, input_register_device(managed), 0);
	managed = devm_input_allocate_device(&parent->dev);
	KUNIT_ASSERT_NOT_NULL(test, managed);
	input_free_device(managed);
	devres_release_all(&parent->dev);
	platform_device_unregister(parent);
}

static struct kunit_case input_cases[] = {
	KUNIT_CASE(only_news_goes_on),
	KUNIT_CASE(keys_held_repeat),
	KUNIT_CASE(lamps_reach_the_driver),
	KUNIT_CASE(who_grabs_gets_all),
	KUNIT_CASE(a_device_goes_while_it_is_open),
	KUNIT_CASE(goes_with_the_device_it_is_on),
	{},
};

static struct kunit_suite input_suite = {
	.name = "input",
	.init = input_test_init,
	.exit = input_test_exit,
	.test_cases = input_cases,
};
kunit_test_suite(input_suite);
