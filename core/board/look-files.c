/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The person's files on a board that nobody has named. */

#include "board/look.h"

#include "board/regions.h"
#include "flash/blocks.h"

#include <string.h>

/* So much of a file system says that it is one. */
#define BOOT_SECTOR 512u

static gboolean
is_hit (const GArray *hits, const JmpGuardRegion *region)
{
  for (guint i = 0; i < hits->len; i++) {
    if (g_array_index (hits, JmpGuardHit, i).region == region)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_place (const GArray *places, const JmpGuardRegion *region)
{
  for (guint i = 0; i < places->len; i++) {
    const JmpGuardRegion *place = &g_array_index (places, JmpGuardRegion, i);

    if (place->alt == region->alt && place->address == region->address)
      return TRUE;
  }
  return FALSE;
}

/* The places that the plan changes and where boards that the device can be have the person's files:
 * (element-type JmpGuardRegion), each once, with an address and nothing else. */
static GArray *
find_places (JmpCatalogue *catalogue, JmpDfuInfo *info, JmpPlan *plan)
{
  g_autoptr (GPtrArray) fitting = jmp_catalogue_find_fitting (catalogue, info);
  GArray *places = g_array_new (FALSE, FALSE, sizeof (JmpGuardRegion));

  for (guint i = 0; i < fitting->len; i++) {
    g_autoptr (JmpRegions) regions = jmp_regions_new (fitting->pdata[i], info);
    const GArray *guard = regions->guard_files;
    g_autoptr (GArray)
        hits = jmp_guard_find (plan, (const JmpGuardRegion *)(const void *)guard->data, guard->len);

    for (guint h = regions->guard->len; h < guard->len; h++) {
      const JmpGuardRegion *files = &g_array_index (guard, JmpGuardRegion, h);
      const JmpGuardRegion place = { .alt = files->alt, .address = files->address };

      if (is_hit (hits, files) && !has_place (places, files))
        g_array_append_val (places, place);
    }
  }
  return places;
}

/* Whether bytes begin a file system: FAT's boot sector, or littlefs' superblock. */
static gboolean
is_file_system (const guint8 *data)
{
  return (data[510] == 0x55 && data[511] == 0xAA) || memcmp (data + 8, "littlefs", 8) == 0;
}

static gboolean
reads_file_system (JmpBlocks *blocks, guint32 address)
{
  const guint16 step = (guint16)MIN (blocks->info->transfer_size, BOOT_SECTOR);
  guint8 bytes[BOOT_SECTOR] = { 0 };

  for (guint at = 0; at < BOOT_SECTOR; at += step) {
    const guint16 now = (guint16)MIN (step, BOOT_SECTOR - at);
    const guint8 *data = jmp_blocks_read (blocks, address + at, now, NULL);

    if (data == NULL)
      return FALSE;
    memcpy (bytes + at, data, now);
  }
  return is_file_system (bytes);
}

/* What cannot be read is no file system. */
static gboolean
look_at_places (JmpBlocks *blocks, const GArray *places)
{
  for (guint i = 0; i < places->len; i++) {
    const JmpGuardRegion *place = &g_array_index (places, JmpGuardRegion, i);
    const JmpDfuAlt *alt = jmp_dfu_info_find_alt (blocks->info, place->alt);
    JmpSector sector;

    if (alt == NULL || alt->layout == NULL || !jmp_blocks_select (blocks, place->alt, NULL)
        || !jmp_layout_find (blocks->layout, place->address, &sector)
        || (sector.access & JMP_ACCESS_READ) == 0)
      continue;
    if (reads_file_system (blocks, place->address))
      return TRUE;
  }
  return FALSE;
}

/**
 * jmp_look_may_take_files:
 * @catalogue: the boards
 * @info: a board that nobody has named
 * @plan: what is to be done to it
 *
 * Returns: whether the plan changes memory where a board that it can be has the person's files
 */
gboolean
jmp_look_may_take_files (JmpCatalogue *catalogue, JmpDfuInfo *info, JmpPlan *plan)
{
  g_autoptr (GArray) places = find_places (catalogue, info, plan);

  return places->len > 0;
}

/**
 * jmp_look_finds_files:
 * @catalogue: the boards
 * @device: a board in DFU mode that nobody has named, and nobody else works with
 * @plan: what is to be done to it
 * @cancellable: (nullable): stops it
 *
 * Whether a file system stands in memory that the plan changes and where a board that it can be has the
 * person's files. Reads a boot sector for each such place; the board is in dfuIDLE afterwards.
 *
 * Returns: %FALSE also where the board cannot be read
 */
gboolean
jmp_look_finds_files (JmpCatalogue *catalogue,
                      JmpDevice *device,
                      JmpPlan *plan,
                      GCancellable *cancellable)
{
  JmpDfuInfo *info = jmp_device_get_info (device);
  g_autoptr (GArray) places = info != NULL ? find_places (catalogue, info, plan) : NULL;
  g_autoptr (JmpDfu) dfu = NULL;
  JmpBlocks blocks;
  JmpUsb *usb;
  gboolean found;

  if (places == NULL || places->len == 0 || !info->dfuse || info->transfer_size == 0)
    return FALSE;
  usb = jmp_device_open (device, NULL);
  dfu = usb != NULL ? jmp_dfu_open (usb, info, NULL) : NULL;
  if (dfu == NULL || !jmp_dfu_to_idle (dfu, cancellable, NULL))
    return FALSE;
  jmp_blocks_init (&blocks, dfu, cancellable);
  found = look_at_places (&blocks, places);
  if (!jmp_blocks_settle (&blocks, NULL))
    jmp_blocks_recover (&blocks);
  jmp_blocks_clear (&blocks);
  return found;
}
