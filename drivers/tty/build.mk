kernel-objs += \
	drivers/tty/tty_driver.o \
	drivers/tty/tty_hangup.o \
	drivers/tty/tty_io.o \
	drivers/tty/tty_ioctl.o \
	drivers/tty/tty_jobctrl.o \
	drivers/tty/tty_line.o \
	drivers/tty/tty_buffer.o \
	drivers/tty/sysrq.o \
	drivers/tty/n_tty.o \
	drivers/tty/n_tty_in.o \
	drivers/tty/n_tty_out.o
drivers += 8250
8250-objs := \
	drivers/tty/serial/8250.o \
	drivers/tty/serial/8250_console.o \
	drivers/tty/serial/8250_core.o \
	drivers/tty/serial/8250_modes.o \
	drivers/tty/serial/8250_port.o
