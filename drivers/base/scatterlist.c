/*
 * Scatterlists: see <linux/scatterlist.h>.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

int sg_nents(struct scatterlist *sg)
{
	int nents = 0;

	for (; sg; sg = sg_next(sg))
		nents++;
	return nents;
}
EXPORT_SYMBOL(sg_nents);

struct scatterlist *sg_last(struct scatterlist *sgl, unsigned int nents)
{
	return &sgl[nents - 1];
}
EXPORT_SYMBOL(sg_last);

int sg_alloc_table(struct sg_table *table, unsigned int nents, gfp_t gfp)
{
	*table = (struct sg_table){ 0 };
	if (!nents)
		return -EINVAL;
	table->sgl = kmalloc_array(nents, sizeof(*table->sgl), gfp);
	if (!table->sgl)
		return -ENOMEM;
	sg_init_table(table->sgl, nents);
	table->nents = table->orig_nents = nents;
	return 0;
}
EXPORT_SYMBOL(sg_alloc_table);

void sg_free_table(struct sg_table *table)
{
	kfree(table->sgl);
	table->sgl = NULL;
}
EXPORT_SYMBOL(sg_free_table);

static size_t copy(struct scatterlist *sgl, unsigned int nents, void *buf, size_t buflen, bool to_buffer)
{
	struct scatterlist *sg;
	size_t done = 0;
	int i;

	for_each_sg(sgl, sg, nents, i) {
		size_t part = min_t(size_t, sg->length, buflen - done);

		if (to_buffer)
			memcpy(buf + done, sg_virt(sg), part);
		else
			memcpy(sg_virt(sg), buf + done, part);
		done += part;
	}
	return done;
}

size_t sg_copy_from_buffer(struct scatterlist *sgl, unsigned int nents, const void *buf, size_t buflen)
{
	return copy(sgl, nents, (void *)buf, buflen, false);
}
EXPORT_SYMBOL(sg_copy_from_buffer);

size_t sg_copy_to_buffer(struct scatterlist *sgl, unsigned int nents, void *buf, size_t buflen)
{
	return copy(sgl, nents, buf, buflen, true);
}
EXPORT_SYMBOL(sg_copy_to_buffer);
