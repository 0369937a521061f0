/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "board/look.h"

#include "base/bytes.h"
#include "flash/blocks.h"

/* Firmware ends where the rest of a sector is blank: so much of its end is looked at. */
#define PROBE 256u
/* Sectors that are smaller are not probed one by one. */
#define STRIDE (16u * 1024)
/* Firmware is read from its end, where its texts are, in steps of so many bytes. */
#define STEP (16u * 1024)
/* A text on the edge of two steps is in this much of the later one. */
#define OVERLAP 512u
/* Places where firmware is expected; boards that fit one device have few different ones. */
#define MAX_PLACES 8u

typedef struct {
  guint8 alt;
  guint32 address;
  guint64 end;
} Place;

typedef struct {
  JmpCatalogue *catalogue;
  JmpBlocks blocks;
  guint64 n_read;
} Look;

static void
add_place (GArray *places, const JmpRegion *region)
{
  const guint64 end = (guint64)region->address + region->size;
  const Place place = { .alt = region->alt, .address = region->address, .end = end };

  for (guint i = 0; i < places->len; i++) {
    Place *known = &g_array_index (places, Place, i);

    if (known->alt == place.alt && known->address == place.address) {
      known->end = MAX (known->end, place.end);
      return;
    }
  }
  if (places->len < MAX_PLACES)
    g_array_append_val (places, place);
}

/* Where the boards that the device can be have their firmware. */
static GArray *
find_places (JmpCatalogue *catalogue, const JmpDfuInfo *info)
{
  g_autoptr (GPtrArray) fitting = jmp_catalogue_find_fitting (catalogue, info);
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < fitting->len; i++) {
    const JmpBoard *board = fitting->pdata[i];

    for (guint n = 0; n < board->regions->len; n++) {
      const JmpRegion *region = &g_array_index (board->regions, JmpRegion, n);

      if (region->kind == JMP_REGION_CODE && !region->reserved)
        add_place (places, region);
    }
  }
  return places;
}

/* Reads @length bytes, all of them in sectors that can be read, or fewer where @self has read enough. */
static gboolean
read_bytes (Look *self, guint64 address, guint64 length, GByteArray *out, GError **error)
{
  guint16 size = self->blocks.info->transfer_size;

  while (length > 0 && self->n_read < JMP_LOOK_MAX_READ) {
    guint16 now = (guint16)MIN (length, size);
    const guint8 *data = jmp_blocks_read (&self->blocks, (guint32)address, now, error);

    if (data == NULL)
      return FALSE;
    g_byte_array_append (out, data, now);
    self->n_read += now;
    address += now;
    length -= now;
  }
  return TRUE;
}

static gboolean
is_blank (Look *self, guint64 address, guint64 length, gboolean *blank, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!read_bytes (self, address, length, bytes, error))
    return FALSE;
  *blank = jmp_erased_is_blank (self->blocks.erased, bytes->data, bytes->len);
  return TRUE;
}

/* The end of the last sector of @place that the firmware fills, or begins to: behind it older bytes may
 * stand, which nobody has erased. */
static gboolean
find_end (Look *self, const Place *place, guint64 *end, GError **error)
{
  JmpLayout *layout = self->blocks.layout;
  guint64 probed = place->address;
  gboolean blank = FALSE;
  JmpSector sector;

  *end = place->address;
  while (!blank && *end < place->end && *end <= G_MAXUINT32
         && jmp_layout_find (layout, (guint32)*end, &sector)
         && (sector.access & JMP_ACCESS_READ) != 0) {
    *end = jmp_sector_end (&sector);
    if (*end - probed < STRIDE || sector.size < PROBE)
      continue;
    probed = *end;
    if (!is_blank (self, *end - PROBE, PROBE, &blank, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
says_all (JmpCatalogue *catalogue, GBytes *memory)
{
  g_autoptr (JmpLook) look = jmp_look_into (catalogue, memory);

  return look->board != NULL && look->version != NULL;
}

/* Reads from @end towards the start of @place until what was read says all; else the last of it. */
static GBytes *
read_backwards (Look *self, const Place *place, guint64 end, GError **error)
{
  g_autoptr (GBytes) memory = NULL;

  while (end > place->address && self->n_read < JMP_LOOK_MAX_READ) {
    guint64 length = MIN (end - place->address, STEP);
    g_autoptr (GByteArray) bytes = g_byte_array_new ();

    if (!read_bytes (self, end - length, length, bytes, error))
      return NULL;
    if (memory != NULL) {
      gsize size;
      const guint8 *later = g_bytes_get_data (memory, &size);

      g_byte_array_append (bytes, later, (guint)MIN (size, OVERLAP));
    }
    g_clear_pointer (&memory, g_bytes_unref);
    memory = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
    if (says_all (self->catalogue, memory))
      return g_steal_pointer (&memory);
    end -= length;
  }
  return g_bytes_new (NULL, 0);
}

/* Empty where nothing is found. */
static GBytes *
look_at_place (Look *self, const Place *place, GError **error)
{
  gboolean blank = TRUE;
  guint64 end = 0;
  JmpSector first;

  if (!jmp_blocks_select (&self->blocks, place->alt, error))
    return NULL;
  if (!jmp_layout_find (self->blocks.layout, place->address, &first)
      || (first.access & JMP_ACCESS_READ) == 0)
    return g_bytes_new (NULL, 0);
  if (!is_blank (self, place->address, MIN (PROBE, first.size), &blank, error))
    return NULL;
  if (blank)
    return g_bytes_new (NULL, 0);
  if (!find_end (self, place, &end, error))
    return NULL;
  return read_backwards (self, place, end, error);
}

static GBytes *
look_at_places (Look *self, GArray *places, GError **error)
{
  for (guint i = 0; i < places->len; i++) {
    const Place *place = &g_array_index (places, Place, i);
    const JmpDfuAlt *alt = jmp_dfu_info_find_alt (self->blocks.info, place->alt);
    GBytes *found;

    if (alt == NULL || alt->layout == NULL)
      continue;
    found = look_at_place (self, place, error);
    if (found == NULL || g_bytes_get_size (found) > 0)
      return found;
    g_bytes_unref (found);
  }
  return g_bytes_new (NULL, 0);
}

/**
 * jmp_look_read:
 * @catalogue: the boards
 * @device: a board in DFU mode that nobody else works with
 * @cancellable: (nullable): stops it
 * @error: return location for an error
 *
 * Reads what jmp_look_into() needs out of a board's flash: where the boards that fit it have their
 * firmware, from its end, and at most %JMP_LOOK_MAX_READ bytes. The board is in dfuIDLE afterwards, and
 * unchanged.
 *
 * Errors: those of usb.h and dfu.h; %JMP_ERROR_READ_PROTECTED; %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): some of the flash; no bytes where no firmware that says what it
 *   is was found, or where nothing is known of where to look
 */
GBytes *
jmp_look_read (JmpCatalogue *catalogue,
               JmpDevice *device,
               GCancellable *cancellable,
               GError **error)
{
  JmpDfuInfo *info = jmp_device_get_info (device);
  g_autoptr (GArray) places = NULL;
  g_autoptr (JmpDfu) dfu = NULL;
  Look self = { .catalogue = catalogue };
  JmpUsb *usb;
  GBytes *found;

  if (info == NULL || jmp_device_get_mode (device) != JMP_DEVICE_DFU || !info->dfuse
      || info->transfer_size == 0)
    return g_bytes_new (NULL, 0);
  places = find_places (catalogue, info);
  if (places->len == 0)
    return g_bytes_new (NULL, 0);
  usb = jmp_device_open (device, error);
  if (usb == NULL)
    return NULL;
  dfu = jmp_dfu_open (usb, info, error);
  if (dfu == NULL || !jmp_dfu_to_idle (dfu, cancellable, error))
    return NULL;
  jmp_blocks_init (&self.blocks, dfu, cancellable);
  found = look_at_places (&self, places, error);
  if (found == NULL || !jmp_blocks_settle (&self.blocks, NULL))
    jmp_blocks_recover (&self.blocks);
  jmp_blocks_clear (&self.blocks);
  return found;
}
