/* SPDX-License-Identifier: BSD-2-Clause */
/* Which registers has a PL011? (DDI0183; the SBSA UART has the subset that both ends here use) */
#ifndef CORE_PL011_H
#define CORE_PL011_H

#define UARTDR 0x000
#define UARTFR 0x018
#define UARTIBRD 0x024
#define UARTFBRD 0x028
#define UARTLCR_H 0x02C
#define UARTCR 0x030
#define UARTIFLS 0x034
#define UARTIMSC 0x038
#define UARTRIS 0x03C
#define UARTMIS 0x040
#define UARTICR 0x044
#define UARTPERIPHID0 0xFE0

#define UARTFR_RXFE (1U << 4) /* receive FIFO empty */
#define UARTFR_TXFF (1U << 5) /* transmit FIFO full */
#define UARTFR_RXFF (1U << 6)
#define UARTFR_TXFE (1U << 7)

#define UARTINT_RX (1U << 4)
#define UARTINT_TX (1U << 5)
#define UARTINT_RT (1U << 6) /* receive timeout: characters below the FIFO's trigger level */
#define UARTINT_ALL 0x7FFU

#endif
