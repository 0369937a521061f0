/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "board/board.h"

static gboolean
has_id (GArray *ids, guint16 vid, guint16 pid)
{
  for (guint i = 0; i < ids->len; i++) {
    const JmpUsbId *id = &g_array_index (ids, JmpUsbId, i);

    if (id->vid == vid && id->pid == pid)
      return TRUE;
  }
  return FALSE;
}

/* MicroPython's mboot and ST's ROM share an id; only the strings tell them apart. A board that came
 * with mboot has firmware that the ROM would put where mboot is, and the other way round. The other
 * boot loaders have ids of their own. */
static gboolean
boot_loader_agrees (JmpBoard *self, const JmpDfuInfo *info)
{
  gboolean is_mboot = info->manufacturer != NULL && g_str_equal (info->manufacturer, "MicroPython");

  if (info->manufacturer == NULL)
    return TRUE;
  if (g_str_equal (self->boot_loader, "st-rom"))
    return !is_mboot;
  return is_mboot || !g_str_equal (self->boot_loader, "mboot");
}

/* The memory map that has internal flash, if one is known. */
static JmpLayout *
find_layout (const JmpDfuInfo *info, guint32 address, gboolean *any)
{
  *any = FALSE;
  for (guint i = 0; i < info->alts->len; i++) {
    const JmpDfuAlt *alt = info->alts->pdata[i];
    JmpSector sector;

    if (alt->layout == NULL)
      continue;
    *any = TRUE;
    if (jmp_layout_find (alt->layout, address, &sector))
      return alt->layout;
  }
  return NULL;
}

/* Every sector of the chip must be in the map, with its size and its edges. */
static gboolean
sectors_agree (JmpBoard *self, JmpLayout *layout)
{
  for (guint i = 0; i < self->sectors->len; i++) {
    const JmpSectorRun *run = &g_array_index (self->sectors, JmpSectorRun, i);

    for (guint n = 0; n < run->count; n++) {
      guint32 address = run->address + n * run->size;
      JmpSector sector;

      if (!jmp_layout_find (layout, address, &sector) || sector.address != address
          || sector.size != run->size)
        return FALSE;
    }
  }
  return TRUE;
}

/* Where the internal flash that the map claims ends: sectors that follow each other without a gap. */
static guint64
find_end (JmpLayout *layout, guint32 start, guint64 limit)
{
  guint64 end = start;
  JmpSector sector;

  while (end <= limit && end <= G_MAXUINT32 && jmp_layout_find (layout, (guint32)end, &sector))
    end = jmp_sector_end (&sector);
  return end;
}

static gboolean
elements_agree (JmpBoard *self, JmpLayout *layout)
{
  for (guint i = 0; i < self->elements->len; i++) {
    JmpSector sector;

    if (!jmp_layout_find (layout, g_array_index (self->elements, guint32, i), &sector))
      return FALSE;
  }
  return TRUE;
}

/**
 * jmp_board_fits:
 * @self: a board
 * @info: what a device in DFU mode says about itself
 *
 * Whether the device can be that board: by its USB ids, by its boot loader, and by its memory map, which
 * must have each sector of the chip's internal flash, at most as much flash as the boot loader is
 * known to claim, and every place that the board's firmware goes to.
 *
 * The same ids and map are shared by many boards: a fit is never proof.
 *
 * Returns: how well it fits
 */
JmpFit
jmp_board_fits (JmpBoard *self, const JmpDfuInfo *info)
{
  const JmpSectorRun *first;
  JmpLayout *layout;
  gboolean any;
  guint64 limit;

  if (!has_id (self->dfu_ids, info->vid, info->pid) || !boot_loader_agrees (self, info))
    return JMP_FIT_NO;
  if (self->sectors->len == 0)
    return JMP_FIT_IDS;
  first = &g_array_index (self->sectors, JmpSectorRun, 0);
  layout = find_layout (info, first->address, &any);
  if (layout == NULL)
    return any ? JMP_FIT_NO : JMP_FIT_IDS;
  limit = (guint64)first->address + self->map_size;
  if (!sectors_agree (self, layout) || find_end (layout, first->address, limit) > limit
      || !elements_agree (self, layout))
    return JMP_FIT_NO;
  return JMP_FIT_MAP;
}
