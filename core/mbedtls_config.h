/* SPDX-License-Identifier: BSD-2-Clause */
/* Which parts of mbedTLS are in the image? Hash and random numbers, nothing that allocates. */
#ifndef CORE_MBEDTLS_CONFIG_H
#define CORE_MBEDTLS_CONFIG_H

#define MBEDTLS_NO_UDBL_DIVISION
#define MBEDTLS_ALIGNMENT_DISABLE_EFFICENT_UNALIGNED_ACCESS /* spelt so by mbedTLS */

#define MBEDTLS_SHA256_C
#define MBEDTLS_AES_C
#define MBEDTLS_AES_ROM_TABLES
#define MBEDTLS_BLOCK_CIPHER_NO_DECRYPT
#define MBEDTLS_CTR_DRBG_C

/* mbedTLS's own calls memset by a pointer in writable memory. */
#define MBEDTLS_PLATFORM_ZEROIZE_ALT

#endif
