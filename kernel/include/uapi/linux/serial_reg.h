/* <linux/serial_reg.h>: registers of the 16550A UART (National Semiconductor PC16550D, table 1) */
#ifndef _UAPI_LINUX_SERIAL_REG_H
#define _UAPI_LINUX_SERIAL_REG_H

/* with DLAB, the top bit of LCR, clear */
#define UART_RX 0		/* in: received byte */
#define UART_TX 0		/* out: byte to send */
#define UART_IER 1
#define UART_IIR 2		/* in */
#define UART_FCR 2		/* out */
#define UART_LCR 3
#define UART_MCR 4
#define UART_LSR 5
#define UART_MSR 6
#define UART_SCR 7
/* with DLAB set: the divisor of 115200 */
#define UART_DLL 0
#define UART_DLM 1

#define UART_IER_RDI 0x01
#define UART_IER_THRI 0x02
#define UART_IER_RLSI 0x04
#define UART_IER_MSI 0x08

#define UART_IIR_NO_INT 0x01
#define UART_IIR_ID 0x0e
#define UART_IIR_MSI 0x00
#define UART_IIR_THRI 0x02
#define UART_IIR_RDI 0x04
#define UART_IIR_RLSI 0x06
#define UART_IIR_RX_TIMEOUT 0x0c	/* bytes below the trigger level, and silence since */

#define UART_FCR_ENABLE_FIFO 0x01
#define UART_FCR_CLEAR_RCVR 0x02
#define UART_FCR_CLEAR_XMIT 0x04
#define UART_FCR_DMA_SELECT 0x08
#define UART_FCR_TRIGGER_1 0x00
#define UART_FCR_TRIGGER_4 0x40
#define UART_FCR_TRIGGER_8 0x80
#define UART_FCR_TRIGGER_14 0xC0
#define UART_FCR_TRIGGER_MASK 0xC0

#define UART_LCR_DLAB 0x80
#define UART_LCR_SBC 0x40	/* send a break */
#define UART_LCR_SPAR 0x20
#define UART_LCR_EPAR 0x10
#define UART_LCR_PARITY 0x08
#define UART_LCR_STOP 0x04
#define UART_LCR_WLEN5 0x00
#define UART_LCR_WLEN6 0x01
#define UART_LCR_WLEN7 0x02
#define UART_LCR_WLEN8 0x03

#define UART_MCR_LOOP 0x10
#define UART_MCR_OUT2 0x08	/* gates the interrupt line on a PC */
#define UART_MCR_OUT1 0x04
#define UART_MCR_RTS 0x02
#define UART_MCR_DTR 0x01

#define UART_LSR_FIFOE 0x80
#define UART_LSR_TEMT 0x40
#define UART_LSR_THRE 0x20
#define UART_LSR_BI 0x10
#define UART_LSR_FE 0x08
#define UART_LSR_PE 0x04
#define UART_LSR_OE 0x02
#define UART_LSR_DR 0x01
#define UART_LSR_BRK_ERROR_BITS 0x1E

#define UART_MSR_DCD 0x80
#define UART_MSR_RI 0x40
#define UART_MSR_DSR 0x20
#define UART_MSR_CTS 0x10
#define UART_MSR_DDCD 0x08
#define UART_MSR_TERI 0x04
#define UART_MSR_DDSR 0x02
#define UART_MSR_DCTS 0x01
#define UART_MSR_ANY_DELTA 0x0F

#endif
