/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "image-text.h"

static void
append_target (GString *text, const JmpImageTarget *target)
{
  g_string_append_printf (
      text, "\nalt %u %s", target->alt, target->name != NULL ? target->name : "(unnamed)");
  for (guint i = 0; i < target->n_segments; i++) {
    gsize size;
    const guint8 *data = g_bytes_get_data (target->segments[i].bytes, &size);

    g_string_append_printf (text,
                            "\n  0x%08X +%zu %02X..%02X",
                            target->segments[i].address,
                            size,
                            data[0],
                            data[size - 1]);
  }
}

char *
image_text (JmpImage *image)
{
  GString *text = g_string_new (NULL);
  const char *const *warnings = jmp_image_get_warnings (image);

  g_string_append_printf (text,
                          "%s crc=%s %04X:%04X",
                          jmp_image_format_to_string (jmp_image_get_format (image)),
                          jmp_crc_state_to_string (jmp_image_get_crc (image)),
                          jmp_image_get_vid (image),
                          jmp_image_get_pid (image));
  for (guint i = 0; i < jmp_image_get_n_targets (image); i++)
    append_target (text, jmp_image_get_target (image, i));
  for (guint i = 0; warnings[i] != NULL; i++)
    g_string_append_printf (text, "\n! %s", warnings[i]);
  return g_string_free (text, FALSE);
}
