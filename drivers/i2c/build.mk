kernel-objs += drivers/i2c/i2c-core.o
kernel-objs += drivers/i2c/i2c-smbus.o
kernel-objs += drivers/i2c/i2c-piix4.o
kernel-objs += drivers/i2c/eep-mem.o
