/*
 * /dev/fb0: modes by ioctl, pixels by read, write and mmap.
 * "framebuffer draw" leaves a picture for tests/host/test_fb.py and waits for a byte.
 * host: no, because a host's screen is somebody's
 */
#include <linux/fb.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include "case.h"

#define RW (PROT_READ | PROT_WRITE)

static int fd;
static struct fb_var_screeninfo var;
static struct fb_fix_screeninfo fix;

static int set_mode(unsigned int xres, unsigned int yres, unsigned int bits)
{
	struct fb_var_screeninfo wanted = { .xres = xres, .yres = yres, .bits_per_pixel = bits };

	if (ioctl(fd, FBIOPUT_VSCREENINFO, &wanted))
		return -1;
	CHECK_EQ(ioctl(fd, FBIOGET_VSCREENINFO, &var), 0);
	CHECK_EQ(ioctl(fd, FBIOGET_FSCREENINFO, &fix), 0);
	return 0;
}

static uint32_t *map(size_t len, off_t offset)
{
	return mmap(NULL, len, RW, MAP_SHARED, fd, offset);
}

static void what_there_is(void)
{
	struct stat st;

	CHECK(fstat(fd, &st) == 0 && S_ISCHR(st.st_mode) && st.st_rdev == makedev(29, 0));
	CHECK_EQ(set_mode(640, 480, 32), 0);
	CHECK(!strcmp(fix.id, "bochs") && fix.visual == FB_VISUAL_TRUECOLOR);
	CHECK(fix.smem_len >= 640 * 480 * 4 && fix.smem_start && fix.line_length == 640 * 4);
	CHECK(var.xres == 640 && var.yres == 480 && var.bits_per_pixel == 32);
	CHECK(var.red.offset == 16 && var.green.offset == 8 && var.blue.offset == 0 && var.green.length == 8);
	CHECK_EQ(set_mode(800, 600, 16), 0);
	CHECK(fix.line_length == 1600 && var.green.length == 6 && var.red.offset == 11);
}

static void what_is_refused(void)
{
	struct fb_var_screeninfo test;

	CHECK_EQ(set_mode(640, 480, 32), 0);
	CHECK_FAILS(set_mode(640, 480, 13), EINVAL);
	CHECK_FAILS(set_mode(0, 480, 32), EINVAL);
	CHECK_FAILS(set_mode(8000, 8000, 32), EINVAL);
	test = var;
	test.xres = 801;
	test.activate = FB_ACTIVATE_TEST;
	CHECK_EQ(ioctl(fd, FBIOPUT_VSCREENINFO, &test), 0);
	CHECK_EQ(test.xres, 808);			/* what it would be */
	CHECK(ioctl(fd, FBIOGET_VSCREENINFO, &test) == 0 && test.xres == 640);
	CHECK_FAILS(ioctl(fd, FBIOGET_VSCREENINFO, UNMAPPED), EFAULT);
	CHECK_FAILS(ioctl(fd, FBIOPUT_VSCREENINFO, UNMAPPED), EFAULT);
	CHECK_FAILS(ioctl(fd, 0x46ff, 0), ENOTTY);
}

/* contract: S0-11 S0-12 S0-13 S1-07 */
static void mapped_pixels_are_read_ones(void)
{
	uint32_t *picture, pixel = 0;

	CHECK_EQ(set_mode(640, 480, 32), 0);
	picture = map(fix.smem_len, 0);
	if (!CHECK(picture != MAP_FAILED))
		return;
	picture[5 * 640 + 7] = 0x00c0ffee;
	CHECK_EQ(lseek(fd, (5 * 640 + 7) * 4, SEEK_SET), (5 * 640 + 7) * 4);
	CHECK_EQ(read(fd, &pixel, 4), 4);
	CHECK_EQ(pixel, 0x00c0ffee);
	pixel = 0x00123456;
	CHECK_EQ(write(fd, &pixel, 4), 4);
	CHECK_EQ(picture[5 * 640 + 8], 0x00123456);
	/* A child draws on the same screen; larger than it is the mapping cannot be made. */
	if (!fork()) {
		picture[0] = 42;
		_exit(0);
	}
	wait(NULL);
	CHECK_EQ(picture[0], 42);
	CHECK_FAILS(mremap(picture, fix.smem_len, fix.smem_len + PAGE, MREMAP_MAYMOVE) == MAP_FAILED ? -1 : 0, EFAULT);
	CHECK_EQ(munmap(picture, fix.smem_len), 0);
	CHECK_FAILS(map(fix.smem_len + PAGE, 0) == MAP_FAILED ? -1 : 0, EINVAL);
	CHECK_FAILS(map(PAGE, fix.smem_len) == MAP_FAILED ? -1 : 0, EINVAL);
	CHECK_FAILS(map(2 * PAGE, fix.smem_len - PAGE) == MAP_FAILED ? -1 : 0, EINVAL);
	picture = map(PAGE, fix.smem_len - PAGE);
	CHECK(picture != MAP_FAILED);
	munmap(picture, PAGE);
}

static void maps_tell_the_device(void)
{
	char line[200], place[20];
	uint32_t *picture = map(2 * PAGE, PAGE);
	FILE *maps = fopen("/proc/self/maps", "r");
	int found = 0;

	snprintf(place, sizeof(place), "%08lx-", (unsigned long)picture);
	while (maps && fgets(line, sizeof(line), maps))
		if (!strncmp(line, place, 9))
			found = strstr(line, " rw-s 00001000 ") && strstr(line, " /dev/fb0\n");
	CHECK(found);
	if (maps)
		fclose(maps);
	munmap(picture, 2 * PAGE);
}

static void the_ends_of_the_file(void)
{
	char bytes[8] = { 0 };
	off_t end;

	CHECK_EQ(set_mode(640, 480, 32), 0);
	end = lseek(fd, 0, SEEK_END);
	CHECK(end >= 640 * 480 * 4);
	CHECK_EQ(read(fd, bytes, 8), 0);
	CHECK_FAILS(write(fd, bytes, 8), ENOSPC);
	CHECK_EQ(lseek(fd, -4, SEEK_END), end - 4);
	CHECK_EQ(write(fd, bytes, 8), 4);
	lseek(fd, 0, SEEK_SET);
	CHECK_FAILS(write(fd, UNMAPPED, 8), EFAULT);
	CHECK_FAILS(read(fd, UNMAPPED, 8), EFAULT);
}

static void panning_and_blanking(void)
{
	struct fb_var_screeninfo two = { .xres = 640, .yres = 480, .yres_virtual = 960, .bits_per_pixel = 32 };

	CHECK_EQ(ioctl(fd, FBIOPUT_VSCREENINFO, &two), 0);
	two.yoffset = 480;
	CHECK_EQ(ioctl(fd, FBIOPAN_DISPLAY, &two), 0);
	CHECK(ioctl(fd, FBIOGET_VSCREENINFO, &two) == 0 && two.yoffset == 480);
	two.yoffset = 481;
	CHECK_FAILS(ioctl(fd, FBIOPAN_DISPLAY, &two), EINVAL);
	two.yoffset = 0, two.xoffset = 8;
	CHECK_FAILS(ioctl(fd, FBIOPAN_DISPLAY, &two), EINVAL);
	CHECK_EQ(ioctl(fd, FBIOBLANK, FB_BLANK_POWERDOWN), 0);
	CHECK_EQ(ioctl(fd, FBIOBLANK, FB_BLANK_UNBLANK), 0);
}

/* Writes the adaptor's name, as the link of fb0's device tells it, to a file of its driver. */
static int tell_driver(const char *file)
{
	static char link[200], name[16];
	char path[60];
	int to, n = readlink("/sys/class/graphics/fb0", link, sizeof(link) - 1);

	if (n > 0)			/* …/pci0000:00/NAME/fb0 */
		memcpy(name, strstr(link, "/0000:") + 1, 12);
	snprintf(path, sizeof(path), "/sys/bus/pci/drivers/bochs/%s", file);
	to = open(path, O_WRONLY);
	n = write(to, name, strlen(name));
	close(to);
	return n;
}

static void a_file_outlives_the_adaptor(void)
{
	uint32_t pixel;

	CHECK_EQ(tell_driver("unbind"), 12);
	CHECK_FAILS(read(fd, &pixel, 4), ENODEV);
	CHECK_FAILS(write(fd, &pixel, 4), ENODEV);
	CHECK_FAILS(ioctl(fd, FBIOGET_VSCREENINFO, &var), ENODEV);
	CHECK_FAILS(map(PAGE, 0) == MAP_FAILED ? -1 : 0, ENODEV);
	CHECK_FAILS(open("/dev/fb0", O_RDWR), ENOENT);
	close(fd);
	CHECK_EQ(tell_driver("bind"), 12);
	fd = open("/dev/fb0", O_RDWR);
	CHECK_EQ(set_mode(640, 480, 32), 0);
}

/* Four fields, red, green, blue and white, and a ramp of greys below them. */
static int draw(void)
{
	static const uint32_t fields[] = { 0xff0000, 0x00ff00, 0x0000ff, 0xffffff };
	uint32_t *picture;
	char byte;

	if (set_mode(640, 480, 32))
		return 1;
	picture = map(640 * 480 * 4, 0);
	for (int y = 0; y < 480; y++)
		for (int x = 0; x < 640; x++)
			picture[y * 640 + x] = y < 360 ? fields[x / 160] : (uint32_t)(x * 255 / 639) * 0x010101;
	puts("drawn");
	fflush(stdout);
	return read(0, &byte, 1) < 0;
}

/* Ticks since power-on, as they were counted. */
static long ticks(void)
{
	char line[100];
	FILE *f = fopen("/proc/interrupts", "r");
	long count = 0;

	while (f && fgets(line, sizeof(line), f))
		if (strstr(line, "timer"))
			count += atol(strchr(line, ':') + 1);
	if (f)
		fclose(f);
	return count;
}

/* Each scroll draws most cells anew: time goes on meanwhile, and who has an interrupt is heard. */
static void a_long_write_loses_no_ticks(void)
{
	enum { SCROLLS = 60 };
	int screen = open("/dev/tty1", O_WRONLY), i;
	static char page[80 * 24], scrolls[SCROLLS * 6 + 1];
	struct termios old, raw;
	long before, count;

	if (screen < 0)
		SKIP("no terminal on the screen");
	CHECK_EQ(set_mode(1024, 768, 32), 0);
	tcgetattr(screen, &old);
	raw = old;
	raw.c_oflag &= ~OPOST;
	tcsetattr(screen, TCSANOW, &raw);
	for (i = 0; i < (int)sizeof(page); i++)
		page[i] = '!' + i * 7 % 90;
	for (i = 0; i < SCROLLS; i++)
		strcat(scrolls, "\033[L\033[M");
	CHECK_EQ(write(screen, "\033[H", 3), 3);
	CHECK_EQ(write(screen, page, sizeof(page)), sizeof(page));
	CHECK_EQ(write(screen, "\033[H", 3), 3);
	count = ticks();
	before = now_ms();
	CHECK_EQ(write(screen, scrolls, SCROLLS * 6), SCROLLS * 6);
	before = now_ms() - before;
	count = ticks() - count;
	printf("# %ld ticks in %ld ms\n", count, before);
	CHECK(count * 100 > before);		/* 100 a second; a tenth of them will do on a busy host */
	CHECK_EQ(write(screen, "\033c", 2), 2);
	tcsetattr(screen, TCSANOW, &old);
	close(screen);
}

int main(int argc, char **argv)
{
	fd = open("/dev/fb0", O_RDWR);
	if (argc > 1)
		return draw();
	if (fd < 0 && errno == ENOENT) {
		puts("1..0 # SKIP this machine has no frame buffer");
		return 0;
	}
	RUN(what_there_is);
	RUN(what_is_refused);
	RUN(mapped_pixels_are_read_ones);
	RUN(maps_tell_the_device);
	RUN(the_ends_of_the_file);
	RUN(panning_and_blanking);
	RUN(a_long_write_loses_no_ticks);
	RUN(a_file_outlives_the_adaptor);
	return tap_end();
}
