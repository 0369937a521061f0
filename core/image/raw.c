/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/raw.h"

#include "base/error.h"

/**
 * jmp_raw_parse:
 * @bytes: the bytes
 * @options: where they belong: its address must be given
 * @error: return location
 *
 * Takes bytes as they are, as one segment.
 *
 * Returns: (transfer full): an image, or %NULL with %JMP_ERROR_USAGE when no address is given, or
 *   %JMP_ERROR_INVALID_FILE when there are no bytes or they pass 4 GiB
 */
JmpImage *
jmp_raw_parse (GBytes *bytes, const JmpReadOptions *options, GError **error)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_RAW);

  if (!options->has_address) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "%zu raw bytes, and no address says where they belong",
                 g_bytes_get_size (bytes));
    return NULL;
  }
  if (!jmp_image_builder_add (builder, options->alt, options->address, bytes, error))
    return NULL;
  return jmp_image_builder_end (g_steal_pointer (&builder), error);
}

/* A raw file has no place for addresses, so nothing may lie between the segments. */
static gboolean
check_contiguous (const JmpImageTarget *target, GError **error)
{
  guint64 end = target->segments[0].address;

  for (guint i = 0; i < target->n_segments; i++) {
    if (target->segments[i].address != end) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_NOT_SUPPORTED,
                   "a raw file cannot leave out 0x%08X-0x%08X",
                   (guint)end,
                   target->segments[i].address - 1);
      return FALSE;
    }
    end += g_bytes_get_size (target->segments[i].bytes);
  }
  return TRUE;
}

static gboolean
check_size (JmpImage *image, GError **error)
{
  if (jmp_image_get_size (image) <= JMP_IMAGE_MAX_FILE)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_NOT_SUPPORTED,
               "a raw file of %" G_GUINT64_FORMAT " bytes would pass the limit of %u",
               jmp_image_get_size (image),
               JMP_IMAGE_MAX_FILE);
  return FALSE;
}

/**
 * jmp_raw_write:
 * @image: an image with one target and one contiguous range; segments may touch
 * @error: return location
 *
 * Makes the bytes of a raw file: those of the image, and nothing else.
 *
 * Returns: (transfer full): the bytes, or %NULL with %JMP_ERROR_NOT_SUPPORTED: several targets, a gap (which
 *   is named), or more than %JMP_IMAGE_MAX_FILE
 */
GBytes *
jmp_raw_write (JmpImage *image, GError **error)
{
  const JmpImageTarget *target = jmp_image_get_target (image, 0);
  GByteArray *file;

  if (jmp_image_get_n_targets (image) != 1) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_NOT_SUPPORTED,
                 "a raw file cannot hold %u targets",
                 jmp_image_get_n_targets (image));
    return NULL;
  }
  if (!check_contiguous (target, error) || !check_size (image, error))
    return NULL;
  if (target->n_segments == 1)
    return g_bytes_ref (target->segments[0].bytes);
  file = g_byte_array_new ();
  for (guint i = 0; i < target->n_segments; i++) {
    gsize size;
    const guint8 *data = g_bytes_get_data (target->segments[i].bytes, &size);

    g_byte_array_append (file, data, (guint)size);
  }
  return g_byte_array_free_to_bytes (file);
}
