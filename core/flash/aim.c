/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/aim.h"

#include "base/bytes.h"

/* The stack pointer and the fifteen handlers that every Cortex-M has (ARMv7-M ARM, B1.5.3). */
#define N_VECTORS 16

static gboolean
is_handler (guint32 vector, guint32 base, gsize size)
{
  guint32 address = vector & ~1u;

  return (vector & 1) != 0 && address >= base && address - base < size;
}

/* Whether all handlers of the vector table lie in the program, when it begins at @base. */
static gboolean
explains (GBytes *bytes, guint32 base)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size < N_VECTORS * 4 || !is_handler (jmp_get_u32 (data + 4), base, size))
    return FALSE;
  for (guint i = 2; i < N_VECTORS; i++) {
    guint32 vector = jmp_get_u32 (data + 4 * i);

    if (vector != 0 && !is_handler (vector, base, size))
      return FALSE;
  }
  return TRUE;
}

static gboolean
accepts (const JmpDfuAlt *alt)
{
  return alt->quirks.refuses == NULL && alt->quirks.n_bases > 0;
}

static gboolean
fits (const JmpDfuAlt *alt, const JmpSegment *segment)
{
  if (!accepts (alt))
    return FALSE;
  if (segment->address != 0)
    return jmp_dfu_alt_takes (alt, segment->address);
  for (guint i = 0; i < alt->quirks.n_bases; i++) {
    if (explains (segment->bytes, alt->quirks.bases[i]))
      return TRUE;
  }
  return FALSE;
}

static void
add_fitting (GArray *alts, JmpDfuInfo *info, const JmpSegment *segment)
{
  for (guint i = 0; i < info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (info->alts, i);

    if (fits (alt, segment))
      g_array_append_val (alts, alt->alt);
  }
}

static void
add_accepting (GArray *alts, JmpDfuInfo *info)
{
  for (guint i = 0; i < info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (info->alts, i);

    if (accepts (alt))
      g_array_append_val (alts, alt->alt);
  }
}

/* Whether the file leaves it to the board where it goes, and it is not aimed at a place that takes it. */
static gboolean
is_open (JmpImage *image, JmpDfuInfo *info)
{
  const JmpImageTarget *target = jmp_image_get_target (image, 0);
  const JmpDfuAlt *now = jmp_dfu_info_find_alt (info, target->alt);

  return !info->dfuse && jmp_image_get_n_targets (image) == 1
         && jmp_image_get_format (image) != JMP_IMAGE_DFUSE && target->n_segments > 0
         && (now == NULL || now->quirks.refuses != NULL || now->quirks.n_bases > 0);
}

static JmpImage *
move_to (JmpImage *image, guint8 alt)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (jmp_image_get_format (image));
  const JmpImageTarget *target = jmp_image_get_target (image, 0);

  jmp_image_builder_set_ids (builder,
                             jmp_image_get_vid (image),
                             jmp_image_get_pid (image),
                             jmp_image_get_bcd_device (image));
  jmp_image_builder_set_crc (builder, jmp_image_get_crc (image));
  jmp_image_builder_set_hints (builder, jmp_image_get_hints (image));
  for (guint i = 0; i < target->n_segments; i++) {
    const JmpSegment *segment = &target->segments[i];

    if (!jmp_image_builder_add (builder, alt, segment->address, segment->bytes, NULL))
      return NULL;
  }
  return jmp_image_builder_end (g_steal_pointer (&builder), NULL);
}

/**
 * jmp_aim:
 * @image: what was read from a file
 * @info: the board in DFU mode
 *
 * Aims a file at the alt setting that its addresses, or the handlers of its vector table, fit. A file
 * that names its alt setting itself, one that fits where it is aimed at, and one that fits several
 * alt settings stay as they are.
 *
 * Returns: (transfer full): the image, aimed
 */
JmpImage *
jmp_aim (JmpImage *image, JmpDfuInfo *info)
{
  const JmpImageTarget *target = jmp_image_get_target (image, 0);
  g_autoptr (GArray) alts = g_array_new (FALSE, FALSE, sizeof (guint8));

  if (!is_open (image, info))
    return jmp_image_ref (image);
  add_fitting (alts, info, &target->segments[0]);
  if (alts->len != 1 || g_array_index (alts, guint8, 0) == target->alt)
    return jmp_image_ref (image);
  return jmp_aim_at (image, g_array_index (alts, guint8, 0));
}

/**
 * jmp_aim_list:
 * @image: what was read from a file
 * @info: the board in DFU mode
 *
 * The alt settings among which nothing in the file decides: those that it fits, where these are several;
 * all that take programs, where it fits none and has no address.
 *
 * Returns: (transfer full) (element-type guint8): two or more, or none
 */
GArray *
jmp_aim_list (JmpImage *image, JmpDfuInfo *info)
{
  GArray *alts = g_array_new (FALSE, FALSE, sizeof (guint8));
  const JmpImageTarget *target = jmp_image_get_target (image, 0);

  if (!is_open (image, info))
    return alts;
  add_fitting (alts, info, &target->segments[0]);
  if (alts->len == 0 && target->segments[0].address == 0)
    add_accepting (alts, info);
  if (alts->len == 1)
    g_array_set_size (alts, 0);
  return alts;
}

/**
 * jmp_aim_at:
 * @image: what was read from a file, with one target
 * @alt: an alt setting
 *
 * Aims a file where a person says.
 *
 * Returns: (transfer full): the image, aimed
 */
JmpImage *
jmp_aim_at (JmpImage *image, guint8 alt)
{
  JmpImage *moved = move_to (image, alt);

  return moved != NULL ? moved : jmp_image_ref (image);
}
