/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/aim.h"

#include "base/bytes.h"

/* The stack pointer and the fifteen handlers that every Cortex-M has (ARMv7-M ARM, B1.5.3). */
#define N_VECTORS 16

static gboolean
takes (const JmpDfuAlt *alt, guint32 address)
{
  for (guint i = 0; i < alt->quirks.n_bases; i++) {
    if (alt->quirks.bases[i] == address)
      return TRUE;
  }
  return FALSE;
}

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
fits (const JmpDfuAlt *alt, const JmpSegment *segment)
{
  if (alt->quirks.refuses != NULL || alt->quirks.n_bases == 0)
    return FALSE;
  if (segment->address != 0)
    return takes (alt, segment->address);
  for (guint i = 0; i < alt->quirks.n_bases; i++) {
    if (explains (segment->bytes, alt->quirks.bases[i]))
      return TRUE;
  }
  return FALSE;
}

/* The one alt setting that the file fits; %NULL where it fits none, or several. */
static const JmpDfuAlt *
find_alt (JmpDfuInfo *info, const JmpSegment *segment)
{
  const JmpDfuAlt *found = NULL;

  for (guint i = 0; i < info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (info->alts, i);

    if (!fits (alt, segment))
      continue;
    if (found != NULL)
      return NULL;
    found = alt;
  }
  return found;
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
  const JmpDfuAlt *now = jmp_dfu_info_find_alt (info, target->alt);
  const JmpDfuAlt *alt;
  JmpImage *moved;

  if (info->dfuse || jmp_image_get_n_targets (image) != 1
      || jmp_image_get_format (image) == JMP_IMAGE_DFUSE || target->n_segments == 0
      || (now != NULL && now->quirks.refuses == NULL && now->quirks.n_bases == 0))
    return jmp_image_ref (image);
  alt = find_alt (info, &target->segments[0]);
  if (alt == NULL || alt == now)
    return jmp_image_ref (image);
  moved = move_to (image, alt->alt);
  return moved != NULL ? moved : jmp_image_ref (image);
}
