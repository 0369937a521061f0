/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Option bytes as chips are delivered: no read protection, no sector write-protected. What is not used
 * reads as erased. */

#include "virtual/profile-private.h"

#include <string.h>

static void
fill (guint8 *bytes, gsize size, const guint8 *content, gsize length)
{
  memset (bytes, 0xFF, size);
  memcpy (bytes, content, MIN (size, length));
}

/* F4: the low half of FLASH_OPTCR's reset value 0x0FFFAAED (RM0090, 3.9.10). */
void
jmp_virtual_content_options (guint8 *bytes, gsize size)
{
  static const guint8 content[] = { 0xED, 0xAA };

  fill (bytes, size, content, sizeof content);
}

/* F7: FLASH_OPTCR 0xC0FFAAFD, BOOT_ADD0 0x0080 and BOOT_ADD1 0x0040 (RM0385, 3.4.2). */
void
jmp_virtual_content_options_f7 (guint8 *bytes, gsize size)
{
  static const guint8 content[] = { 0xFD, 0xAA, 0x02, 0x55, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xCF,
                                    0x00, 0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0x00, 0x7F, 0xFF,
                                    0xFF, 0xFF, 0xFF, 0xFF, 0x40, 0x00, 0xBF, 0xFF };

  fill (bytes, size, content, sizeof content);
}

/* FLASH_OPTSR_CUR 0x1BC6AAF0, all WPSN bits set, BOOT_ADD0 0x0800 and BOOT_ADD1 0x1FF0 (RM0433, 4.9). */
void
jmp_virtual_content_options_h7 (guint8 *bytes, gsize size)
{
  static const guint8 content[] = { 0xF0, 0xAA, 0xC6, 0x1B };
  static const guint8 boot[] = { 0x00, 0x08, 0xF0, 0x1F };

  fill (bytes, size, content, sizeof content);
  if (size >= 0x24 + sizeof boot)
    memcpy (bytes + 0x24, boot, sizeof boot);
}

/* FLASH_OPTR 0xFFEFF8AA; the ranges of WRP1A and WRP1B begin behind their end (RM0394, 3.4.1). */
void
jmp_virtual_content_options_l4 (guint8 *bytes, gsize size)
{
  static const guint8 content[] = { 0xAA, 0xF8, 0xEF, 0xFF };
  static const guint8 none[] = { 0xFF, 0xFF, 0x00, 0xFF };

  fill (bytes, size, content, sizeof content);
  if (size >= 0x20 + sizeof none) {
    memcpy (bytes + 0x18, none, sizeof none);
    memcpy (bytes + 0x20, none, sizeof none);
  }
}

/* Half-words, each with its complement behind it: FLASH_OPTR 0x807000AA, no page write-protected (RM0367,
 * 3.4). */
void
jmp_virtual_content_options_l0 (guint8 *bytes, gsize size)
{
  static const guint8 content[] = { 0xAA, 0x00, 0x55, 0xFF, 0x70, 0x80, 0x8F, 0x7F, 0x00, 0x00,
                                    0xFF, 0xFF, 0x00, 0x00, 0xFF, 0xFF, 0x00, 0x00, 0xFF, 0xFF };

  memset (bytes, 0x00, size);
  memcpy (bytes, content, MIN (size, sizeof content));
}

/* Settings that a program has kept in the first bytes of its data EEPROM. */
void
jmp_virtual_content_eeprom (guint8 *bytes, gsize size)
{
  jmp_virtual_content_noise (bytes, MIN (size, 96), 0xE2070);
}

/* Each byte with its complement: RDP, USER, two of data, four of WRP (RM0091, 4.1). */
void
jmp_virtual_content_options_f0 (guint8 *bytes, gsize size)
{
  static const guint8 content[] = { 0xAA, 0x55, 0xFF, 0x00, 0xFF, 0x00, 0xFF, 0x00,
                                    0xFF, 0x00, 0xFF, 0x00, 0xFF, 0x00, 0xFF, 0x00 };

  fill (bytes, size, content, sizeof content);
}
