/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/dfu-suffix.h"

#include "base/bytes.h"
#include "base/error.h"
#include "image/reader-private.h"

#include <string.h>
#include <zlib.h>

#define DFUSE_VERSION   0x011A
#define LPC_PREFIX_SIZE 16
#define TI_PREFIX_SIZE  8
#define TI_UNIT         1024u

/**
 * jmp_dfu_crc:
 * @data: bytes
 * @size: how many
 *
 * The check sum of DFU files (DFU 1.1, appendix B): CRC-32 without the final inversion.
 *
 * Returns: the check sum; of no bytes it is 0xFFFFFFFF
 */
guint32
jmp_dfu_crc (const guint8 *data, gsize size)
{
  return ~(guint32)crc32_z (0, data, size);
}

/* NXP's boot ROM takes a header of 0x1A 0x3F (dfu-util) or 0xDA 0xFF (HackRF); TI's boot loader one
 * that states the length of what follows. @size is that of the file without its suffix. */
static JmpDfuPrefix
find_prefix (const guint8 *data, gsize size)
{
  if (size > LPC_PREFIX_SIZE
      && ((data[0] == 0x1A && data[1] == 0x3F) || (data[0] == 0xDA && data[1] == 0xFF)))
    return JMP_DFU_PREFIX_LPC;
  if (size > TI_PREFIX_SIZE && data[0] == 0x01 && data[1] == 0x00
      && jmp_get_u32 (data + 4) == size - TI_PREFIX_SIZE)
    return JMP_DFU_PREFIX_TI;
  return JMP_DFU_PREFIX_NONE;
}

/* Files for NXP's boot ROM often got their check sum before their header: then it is right without
 * it. */
static gboolean
crc_is_right (const JmpDfuSuffix *suffix, const guint8 *data, gsize size)
{
  if (jmp_dfu_crc (data, size - 4) == suffix->crc)
    return TRUE;
  return suffix->prefix == JMP_DFU_PREFIX_LPC
         && jmp_dfu_crc (data + LPC_PREFIX_SIZE, size - 4 - LPC_PREFIX_SIZE) == suffix->crc;
}

/**
 * jmp_dfu_suffix_find:
 * @bytes: a file
 * @out: (out caller-allocates): its suffix
 *
 * Looks for a DFU suffix at the end of a file. The fixed fields are the last 16 bytes; a bLength
 * above that means that more of the suffix stands before them (DFU 1.1, appendix B). The check sum of
 * a file for NXP's boot ROM may also be that of what follows its header.
 *
 * Returns: %FALSE when there is none, or its length cannot be
 */
gboolean
jmp_dfu_suffix_find (GBytes *bytes, JmpDfuSuffix *out)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const guint8 *at;

  if (size < JMP_DFU_SUFFIX_SIZE)
    return FALSE;
  at = data + size - JMP_DFU_SUFFIX_SIZE;
  if (memcmp (at + 8, "UFD", 3) != 0 || at[11] < JMP_DFU_SUFFIX_SIZE || at[11] > size)
    return FALSE;
  out->bcd_device = jmp_get_u16 (at);
  out->pid = jmp_get_u16 (at + 2);
  out->vid = jmp_get_u16 (at + 4);
  out->version = jmp_get_u16 (at + 6);
  out->length = at[11];
  out->crc = jmp_get_u32 (at + 12);
  out->prefix = find_prefix (data, size - out->length);
  out->crc_ok = crc_is_right (out, data, size);
  return TRUE;
}

/**
 * jmp_dfu_suffix_append:
 * @file: what the suffix is for
 * @vid: idVendor, or 0xFFFF for any
 * @pid: idProduct, or 0xFFFF for any
 * @bcd_device: bcdDevice, or 0xFFFF for any
 * @version: bcdDFU: 0x0100, 0x0110 or 0x011A
 *
 * Adds a DFU suffix of 16 bytes with its check sum (DFU 1.1, appendix B).
 */
void
jmp_dfu_suffix_append (
    GByteArray *file, guint16 vid, guint16 pid, guint16 bcd_device, guint16 version)
{
  guint8 suffix[JMP_DFU_SUFFIX_SIZE] = { [8] = 'U', 'F', 'D', JMP_DFU_SUFFIX_SIZE };

  jmp_put_u16 (suffix, bcd_device);
  jmp_put_u16 (suffix + 2, pid);
  jmp_put_u16 (suffix + 4, vid);
  jmp_put_u16 (suffix + 6, version);
  g_byte_array_append (file, suffix, sizeof suffix);
  jmp_put_u32 (file->data + file->len - 4, jmp_dfu_crc (file->data, file->len - 4));
}

/* Takes ids and check sum from a suffix: what DfuSe and plain DFU files share. */
gboolean
jmp_dfu_suffix_apply (const JmpDfuSuffix *suffix,
                      GBytes *bytes,
                      const JmpReadOptions *options,
                      JmpImageBuilder *builder,
                      GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  jmp_image_builder_set_ids (builder, suffix->vid, suffix->pid, suffix->bcd_device);
  jmp_image_builder_set_crc (builder, suffix->crc_ok ? JMP_CRC_OK : JMP_CRC_BAD);
  if (suffix->crc_ok)
    return TRUE;
  if (!options->accept_damaged) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_DAMAGED_FILE,
                 "the check sum at offset %zu is 0x%08X, the file's is 0x%08X",
                 size - 4,
                 suffix->crc,
                 jmp_dfu_crc (data, size - 4));
    return FALSE;
  }
  jmp_image_builder_warn (builder,
                          "the check sum is 0x%08X, the file's is 0x%08X",
                          suffix->crc,
                          jmp_dfu_crc (data, size - 4));
  return TRUE;
}

static gboolean
check_version (const JmpDfuSuffix *suffix, JmpImageBuilder *builder, GError **error)
{
  if (suffix->version == DFUSE_VERSION) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "it ends as a DfuSe file and does not begin as one");
    return FALSE;
  }
  if (suffix->version != 0x0100 && suffix->version != 0x0110)
    jmp_image_builder_warn (builder, "its DFU version 0x%04X is not known", suffix->version);
  return TRUE;
}

/* A plain DFU device wants the prefix; memory at an address does not. TI's says itself where the
 * rest belongs, in units of 1024 bytes. */
static GBytes *
take_body (GBytes *bytes, const JmpDfuSuffix *suffix, gboolean strip)
{
  gsize size = g_bytes_get_size (bytes) - suffix->length;
  gsize skip = 0;

  if (strip && suffix->prefix == JMP_DFU_PREFIX_LPC)
    skip = LPC_PREFIX_SIZE;
  else if (strip && suffix->prefix == JMP_DFU_PREFIX_TI)
    skip = TI_PREFIX_SIZE;
  return g_bytes_new_from_bytes (bytes, skip, size - skip);
}

static void
warn_of_address (const JmpDfuSuffix *suffix, GBytes *bytes, JmpImageBuilder *builder)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  if (suffix->prefix == JMP_DFU_PREFIX_TI)
    jmp_image_builder_warn (
        builder, "its prefix, for TI's boot loader, says 0x%08X", jmp_get_u16 (data + 2) * TI_UNIT);
  else
    jmp_image_builder_warn (builder, "nothing says at which address it belongs");
}

/**
 * jmp_dfu_file_parse:
 * @bytes: a file with a DFU suffix
 * @options: where its bytes belong, and whether a wrong check sum is accepted
 * @error: return location
 *
 * Reads a DFU 1.0 or 1.1 file: bytes and a suffix (DFU 1.1, appendix B). The format has no
 * addresses. On a plain DFU device none is needed; where @options has no address, the segment stands
 * at 0 and the image has a warning, and no DfuSe board has memory to flash there. A prefix for NXP's
 * or TI's boot loader is part of what a plain DFU device is sent, so it stays; where @options has an
 * address, the bytes are for memory, and it is left out.
 *
 * Returns: (transfer full): an image, or %NULL with %JMP_ERROR_INVALID_FILE (no suffix, no bytes), or
 *   %JMP_ERROR_DAMAGED_FILE (wrong check sum)
 */
JmpImage *
jmp_dfu_file_parse (GBytes *bytes, const JmpReadOptions *options, GError **error)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_DFU);
  g_autoptr (GBytes) body = NULL;
  guint32 address = options->has_address ? options->address : 0;
  JmpImageHints hints = { 0 };
  JmpDfuSuffix suffix;

  if (!jmp_dfu_suffix_find (bytes, &suffix)) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "it has no DFU suffix");
    return NULL;
  }
  if (!jmp_dfu_suffix_apply (&suffix, bytes, options, builder, error)
      || !check_version (&suffix, builder, error))
    return NULL;
  body = take_body (bytes, &suffix, options->has_address);
  hints.prefix = suffix.prefix;
  jmp_image_builder_set_hints (builder, &hints);
  if (!options->has_address)
    warn_of_address (&suffix, bytes, builder);
  if (!jmp_image_builder_add (builder, options->alt, address, body, error))
    return NULL;
  return jmp_image_builder_end (g_steal_pointer (&builder), error);
}
