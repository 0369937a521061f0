/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What holds for an image, whatever the bytes that it was read from. */

#pragma once

#include "fuzz.h"

#include "image/reader.h"

typedef JmpImage *(*FuzzParse) (GBytes *bytes, const JmpReadOptions *options, GError **error);

/* Parses @data strictly and leniently; what comes out is never more than what went in. */
static inline int
fuzz_image_parser (FuzzParse parse, const guint8 *data, gsize size)
{
  static const JmpReadOptions options[] = {
    { .alt = 0 },
    { .alt = 255, .accept_damaged = TRUE, .has_family = TRUE, .family = 0x57755A57 },
  };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  for (guint i = 0; i < G_N_ELEMENTS (options); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = parse (bytes, &options[i], &error);
    const JmpImageTarget *target;
    const JmpSection *sections;
    guint64 end = 0;
    guint n;

    fuzz_check ((image == NULL) == (error != NULL));
    if (image == NULL)
      continue;
    fuzz_check (jmp_image_get_size (image) > 0 && jmp_image_get_size (image) <= size);
    target = jmp_image_find_target (image, options[i].alt);
    fuzz_check (target != NULL);
    for (guint s = 0; s < target->n_segments; s++) {
      fuzz_check (s == 0 || target->segments[s].address >= end);
      end = target->segments[s].address + (guint64)g_bytes_get_size (target->segments[s].bytes);
      fuzz_check (end <= (guint64)G_MAXUINT32 + 1);
    }
    sections = jmp_image_get_sections (image, &n);
    for (guint s = 0; s < n; s++)
      fuzz_check (g_utf8_validate (sections[s].name, -1, NULL) && sections[s].size > 0);
  }
  return 0;
}
