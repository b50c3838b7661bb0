kernel-objs += drivers/i2c/i2c-core.o
kernel-objs += drivers/i2c/i2c-dev.o
kernel-objs += drivers/i2c/i2c-smbus.o
drivers += i2c-piix4 eep-mem
i2c-piix4-objs := drivers/i2c/i2c-piix4.o
eep-mem-objs := drivers/i2c/eep-mem.o
