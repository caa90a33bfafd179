/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How is the parameter page filled? Its meaning stands in include/paravane/params.h; here are only
 * the values, written byte by byte so that the builder's own byte order does not matter.
 */
#include "tools/igvm/params.h"

#include <openssl/evp.h>
#include <string.h>

#include "tools/igvm/bytes.h"

#define AT(field) (page + offsetof(struct paravane_params, field))

bool params_fill(const struct layout *l, const uint8_t *payload,
		 uint8_t page[PARAVANE_PARAMS_PAGE_SIZE], struct failure *f)
{
	unsigned int digest_size = 0;

	memset(page, 0, PARAVANE_PARAMS_PAGE_SIZE);
	put64(AT(magic), PARAVANE_PARAMS_MAGIC);
	put32(AT(version), PARAVANE_PARAMS_VERSION);
	put32(AT(size), PARAVANE_PARAMS_SIZE);
	put64(AT(memory_size), l->memory_size);
	put64(AT(image_size), l->image_size);
	put64(AT(tree_offset), l->tree_offset);
	put64(AT(tree_size), LAYOUT_TREE_SIZE);
	put64(AT(tables_offset), l->tables_offset);
	put64(AT(tables_size), LAYOUT_TABLES_SIZE);
	put64(AT(payload_gpa), l->payload_gpa);
	put64(AT(payload_size), l->payload_size);
	if (l->payload_size == 0) {
		return true;
	}
	if (EVP_Digest(payload, l->payload_size, AT(payload_sha256), &digest_size, EVP_sha256(),
		       NULL) != 1 ||
	    digest_size != PARAVANE_DIGEST_SIZE) {
		return fail_with(f, "libcrypto gives no SHA-256");
	}
	return true;
}
