/* The porthole samples' nodes, for the driver and for programs. */
#ifndef SAMPLES_PORTHOLE_H
#define SAMPLES_PORTHOLE_H

#define PORTHOLE_BUFFER_PAGES	3	/* /dev/porthole-dma: memory that the card reaches */
#define PORTHOLE_LEAVES	7	/* /dev/porthole-pages: pages that come when they are touched */

#endif
