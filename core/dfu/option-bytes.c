/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The layouts come from the reference manuals: RM0091, RM0313 and RM0360 (F0, F3: "Option byte
 * description"), PM0075 (F1), RM0090 and RM0033 (F4, F2: "Description of the option bytes"), RM0385 and
 * RM0410 (F7), RM0433 (H7: FLASH_OPTSR_CUR and the registers behind it), RM0351 (L4), RM0440 (G4).
 * Families that are missing here (L0, L1, L5, U5, WB, C5 and others) are not decoded. */

#include "dfu/option-bytes.h"

#include "base/error.h"

#include <string.h>

#define ST_VENDOR 0x0483
#define ST_DFU    0xDF11

#define RDP_LEVEL_0    0xAA
#define RDP_LEVEL_2    0xCC
#define RDP_F1_LEVEL_0 0xA5

#define MAX_FIELDS 20
#define MAX_RANGES 2

typedef struct {
  const char *name; /* NULL ends the list */
  JmpOptionKind kind;
  guint16 offset; /* of the byte that has the lowest bit */
  guint8 shift;
  guint8 width; /* bits */
} Field;

/* How write protection is written down. */
typedef enum {
  WRITE_NOT_KNOWN,
  WRITE_SECTOR_BITS,    /* a bit for each sector, 0 protects */
  WRITE_BLOCKS_OF_4KIB, /* as that, for 4 KiB, in every second byte; the last bit is for the rest */
  WRITE_RANGES,         /* first and last page, in the low and the high half of a word */
} WriteStyle;

typedef struct {
  const char *family;
  guint32 address;
  guint32 min_size;    /* bytes that the memory map must have */
  guint32 sector_size; /* of the first sector of the flash; 0: any */
  guint16 rdp_offset;
  WriteStyle style;
  guint16 write_offsets[MAX_RANGES]; /* 0 behind the first: none */
  guint8 write_bits;
  Field fields[MAX_FIELDS];
} Layout;

/* FLASH_OPTCR's low byte, which F2, F4 and F7 share. */
#define F2_USER_BYTE(watchdog)                                                              \
  { "BOR_LEV", JMP_OPTION_BROWN_OUT, 0, 2, 2 }, { watchdog, JMP_OPTION_WATCHDOG, 0, 5, 1 }, \
      { "nRST_STOP", JMP_OPTION_RESET, 0, 6, 1 },                                           \
  {                                                                                         \
    "nRST_STDBY", JMP_OPTION_RESET, 0, 7, 1                                                 \
  }

/* FLASH_OPTR, which L4 and G4 share. */
#define L4_USER_WORD                                                                               \
  { "BOR_LEV", JMP_OPTION_BROWN_OUT, 1, 0, 3 }, { "nRST_STOP", JMP_OPTION_RESET, 1, 4, 1 },        \
      { "nRST_STDBY", JMP_OPTION_RESET, 1, 5, 1 }, { "nRST_SHDW", JMP_OPTION_RESET, 1, 6, 1 },     \
      { "IWDG_SW", JMP_OPTION_WATCHDOG, 2, 0, 1 }, { "IWDG_STOP", JMP_OPTION_WATCHDOG, 2, 1, 1 },  \
      { "IWDG_STDBY", JMP_OPTION_WATCHDOG, 2, 2, 1 }, { "WWDG_SW", JMP_OPTION_WATCHDOG, 2, 3, 1 }, \
      { "nBOOT1", JMP_OPTION_BOOT, 2, 7, 1 }, { "nSWBOOT0", JMP_OPTION_BOOT, 3, 2, 1 },            \
  {                                                                                                \
    "nBOOT0", JMP_OPTION_BOOT, 3, 3, 1                                                             \
  }

static const Layout layouts[] = {
  { .family = "STM32F2/F4",
    .address = 0x1FFFC000,
    .min_size = 16,
    .rdp_offset = 1,
    .style = WRITE_SECTOR_BITS,
    .write_offsets = { 8 },
    .write_bits = 12,
    .fields = { F2_USER_BYTE ("WDG_SW") } },
  { .family = "STM32F7",
    .address = 0x1FFF0000,
    .min_size = 32,
    .rdp_offset = 1,
    .style = WRITE_SECTOR_BITS,
    .write_offsets = { 8 },
    .write_bits = 12,
    .fields = { F2_USER_BYTE ("IWDG_SW"),
                { "WWDG_SW", JMP_OPTION_WATCHDOG, 0, 4, 1 },
                { "IWDG_STDBY", JMP_OPTION_WATCHDOG, 9, 6, 1 },
                { "IWDG_STOP", JMP_OPTION_WATCHDOG, 9, 7, 1 },
                { "BOOT_ADD0", JMP_OPTION_BOOT, 16, 0, 16 },
                { "BOOT_ADD1", JMP_OPTION_BOOT, 24, 0, 16 } } },
  /* H7A3 and its like have other registers here, and sectors of 8 KiB */
  { .family = "STM32H7",
    .address = 0x5200201C,
    .min_size = 0x28,
    .sector_size = 128 * 1024,
    .rdp_offset = 1,
    .style = WRITE_SECTOR_BITS,
    .write_offsets = { 0x1C },
    .write_bits = 8,
    .fields = { { "BOR_LEV", JMP_OPTION_BROWN_OUT, 0, 2, 2 },
                { "IWDG1_SW", JMP_OPTION_WATCHDOG, 0, 4, 1 },
                { "nRST_STOP_D1", JMP_OPTION_RESET, 0, 6, 1 },
                { "nRST_STDBY_D1", JMP_OPTION_RESET, 0, 7, 1 },
                { "FZ_IWDG_STOP", JMP_OPTION_WATCHDOG, 2, 1, 1 },
                { "FZ_IWDG_SDBY", JMP_OPTION_WATCHDOG, 2, 2, 1 },
                { "SECURITY", JMP_OPTION_OTHER, 2, 5, 1 },
                { "SWAP_BANK_OPT", JMP_OPTION_BOOT, 3, 7, 1 },
                { "BOOT_ADD0", JMP_OPTION_BOOT, 0x24, 0, 16 },
                { "BOOT_ADD1", JMP_OPTION_BOOT, 0x26, 0, 16 } } },
  { .family = "STM32L4/G4",
    .address = 0x1FFF7800,
    .min_size = 40,
    .rdp_offset = 0,
    .style = WRITE_RANGES,
    .write_offsets = { 0x18, 0x20 },
    .write_bits = 8,
    .fields = { L4_USER_WORD } },
  /* Where reading is protected, F0, F1 and F3 cannot be told apart by these bytes */
  { .family = "STM32F0/F1/F3",
    .address = 0x1FFFF800,
    .min_size = 16,
    .rdp_offset = 0,
    .style = WRITE_BLOCKS_OF_4KIB,
    .write_offsets = { 8 },
    .write_bits = 32,
    .fields = { { "WDG_SW", JMP_OPTION_WATCHDOG, 2, 0, 1 },
                { "nRST_STOP", JMP_OPTION_RESET, 2, 1, 1 },
                { "nRST_STDBY", JMP_OPTION_RESET, 2, 2, 1 },
                { "nBOOT1", JMP_OPTION_BOOT, 2, 4, 1 } } },
};

/**
 * jmp_option_bytes_find:
 * @info: a board
 *
 * Returns: (transfer none) (nullable): the alt setting of its option bytes; %NULL where none has a
 *   memory map of that name
 */
const JmpDfuAlt *
jmp_option_bytes_find (const JmpDfuInfo *info)
{
  static const char name[] = "Option";

  for (guint i = 0; i < info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (info->alts, i);

    if (alt->layout != NULL
        && g_ascii_strncasecmp (jmp_layout_get_name (alt->layout), name, strlen (name)) == 0)
      return alt;
  }
  return NULL;
}

/* The flash that write protection is about. */
static JmpLayout *
find_flash (const JmpDfuInfo *info)
{
  const JmpDfuAlt *alt = jmp_dfu_info_find_alt (info, 0);

  return alt != NULL ? alt->layout : NULL;
}

/* Copies of ST's parts have other bytes at the same addresses. */
static const Layout *
find_layout (const JmpDfuInfo *info)
{
  const JmpDfuAlt *alt = jmp_option_bytes_find (info);
  JmpLayout *flash = find_flash (info);
  JmpSector first;
  JmpSector sector;

  if (info->vid != ST_VENDOR || info->pid != ST_DFU || alt == NULL || flash == NULL
      || !jmp_layout_get_sector (alt->layout, 0, &first)
      || !jmp_layout_get_sector (flash, 0, &sector))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++) {
    const Layout *layout = &layouts[i];

    if (layout->address == first.address && layout->min_size <= jmp_layout_get_size (alt->layout)
        && (layout->sector_size == 0 || layout->sector_size == sector.size))
      return layout;
  }
  return NULL;
}

static JmpReadProtection
level_of (const Layout *layout, guint8 byte)
{
  if (byte == RDP_LEVEL_0 || (layout->style == WRITE_BLOCKS_OF_4KIB && byte == RDP_F1_LEVEL_0))
    return JMP_RDP_LEVEL_0;
  return byte == RDP_LEVEL_2 ? JMP_RDP_LEVEL_2 : JMP_RDP_LEVEL_1;
}

static guint32
get_field (const guint8 *data, gsize size, guint offset, guint shift, guint width)
{
  guint32 value = 0;

  for (guint i = 0; i < width; i++) {
    guint bit = shift + i;
    guint at = offset + bit / 8;

    if (at < size && (data[at] >> (bit % 8) & 1) != 0)
      value |= (guint32)1 << i;
  }
  return value;
}

/* Adds a range; one that begins where the last ends makes that one longer. */
static void
add_range (GArray *ranges, guint64 from, guint64 to)
{
  JmpOptionRange range = { .address = (guint32)from };
  JmpOptionRange *last = ranges->len > 0 ? &g_array_index (ranges, JmpOptionRange, ranges->len - 1)
                                         : NULL;

  if (to <= from || to - from > G_MAXUINT32)
    return;
  range.length = (guint32)(to - from);
  if (last != NULL && (guint64)last->address + last->length == from
      && (guint64)last->length + range.length <= G_MAXUINT32)
    last->length += range.length;
  else
    g_array_append_val (ranges, range);
}

static void
add_sectors (GArray *ranges, JmpLayout *flash, guint first, guint last)
{
  JmpSector sector;

  for (guint i = first; i <= last && jmp_layout_get_sector (flash, i, &sector); i++)
    add_range (ranges, sector.address, (guint64)sector.address + sector.size);
}

/* Each byte of WRP is followed by its complement; the bits of all of them are in turn for 4 KiB, and
 * the last for what remains. */
static void
add_blocks (GArray *ranges, JmpLayout *flash, const Layout *layout, const guint8 *data, gsize size)
{
  JmpSector first;
  guint64 end;

  if (!jmp_layout_get_sector (flash, 0, &first))
    return;
  end = first.address + jmp_layout_get_size (flash);
  for (guint i = 0; i < layout->write_bits; i++) {
    guint at = layout->write_offsets[0] + i / 8 * 2;
    guint64 from = first.address + (guint64)i * 4096;
    guint64 to = i + 1 == layout->write_bits ? end : MIN (from + 4096, end);

    if (at < size && (data[at] >> (i % 8) & 1) == 0)
      add_range (ranges, from, to);
  }
}

static void
find_write_protected (
    GArray *ranges, JmpLayout *flash, const Layout *layout, const guint8 *data, gsize size)
{
  if (layout->style == WRITE_BLOCKS_OF_4KIB)
    add_blocks (ranges, flash, layout, data, size);
  for (guint i = 0; i < MAX_RANGES && layout->write_offsets[i] != 0; i++) {
    guint offset = layout->write_offsets[i];

    if (layout->style == WRITE_RANGES) {
      guint32 first = get_field (data, size, offset, 0, layout->write_bits);
      guint32 last = get_field (data, size, offset + 2, 0, layout->write_bits);

      add_sectors (ranges, flash, first, last);
    }
    for (guint bit = 0; layout->style == WRITE_SECTOR_BITS && bit < layout->write_bits; bit++) {
      if (offset + bit / 8 < size && get_field (data, size, offset, bit, 1) == 0)
        add_sectors (ranges, flash, bit, bit);
    }
  }
}

/**
 * jmp_option_bytes_decode:
 * @info: the board
 * @bytes: its option bytes, from the start of their alt setting's memory on
 *
 * What the option bytes say. Of chips with two banks, only the write protection of the first is looked
 * at. Parts of other makers are not decoded, whatever their addresses.
 *
 * Returns: (transfer full) (nullable): it, or %NULL when their layout is not known or bytes are missing
 */
JmpOptionBytes *
jmp_option_bytes_decode (const JmpDfuInfo *info, GBytes *bytes)
{
  const Layout *layout = find_layout (info);
  JmpOptionBytes *self;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (layout == NULL || size < layout->min_size)
    return NULL;
  self = g_atomic_rc_box_new0 (JmpOptionBytes);
  self->family = layout->family;
  self->level = level_of (layout, data[layout->rdp_offset]);
  self->options = g_array_new (FALSE, FALSE, sizeof (JmpOption));
  self->write_protected = g_array_new (FALSE, FALSE, sizeof (JmpOptionRange));
  for (const Field *field = layout->fields;
       field < layout->fields + MAX_FIELDS && field->name != NULL;
       field++) {
    const JmpOption option = {
      .name = field->name,
      .kind = field->kind,
      .value = get_field (data, size, field->offset, field->shift, field->width),
    };

    g_array_append_val (self->options, option);
  }
  find_write_protected (self->write_protected, find_flash (info), layout, data, size);
  return self;
}

/**
 * jmp_option_bytes_ref:
 * @self: option bytes
 *
 * Returns: (transfer full): @self
 */
JmpOptionBytes *
jmp_option_bytes_ref (JmpOptionBytes *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
option_bytes_clear (gpointer data)
{
  JmpOptionBytes *self = data;

  g_array_unref (self->options);
  g_array_unref (self->write_protected);
}

/**
 * jmp_option_bytes_unref:
 * @self: (transfer full): option bytes
 *
 * Gives a reference back.
 */
void
jmp_option_bytes_unref (JmpOptionBytes *self)
{
  g_atomic_rc_box_release_full (self, option_bytes_clear);
}

/* Chips with two banks have a second zone, for the write protection of the other bank alone. */
static gboolean
begins_other_zone (const JmpDfuInfo *info, const Layout *layout, guint32 address)
{
  guint n;
  const JmpSectorRun *runs = jmp_layout_get_runs (jmp_option_bytes_find (info)->layout, &n);

  for (guint i = 0; i < n; i++) {
    if (runs[i].address == address && address != layout->address)
      return TRUE;
  }
  return FALSE;
}

/**
 * jmp_option_bytes_check_write:
 * @info: the board
 * @address: where @bytes would be written, in the memory of the option bytes
 * @bytes: what would be written
 * @error: return location for a #GError
 *
 * Whether option bytes may be written at all, with every consent there is: their layout must be known,
 * they must be written from their first byte on (AN3156: a write elsewhere in that area is not defined)
 * with the one for read protection among them, and that must not be level 2, which locks the chip for
 * ever.
 *
 * Errors: %JMP_ERROR_REFUSED.
 *
 * Returns: whether they may
 */
gboolean
jmp_option_bytes_check_write (const JmpDfuInfo *info,
                              guint32 address,
                              GBytes *bytes,
                              GError **error)
{
  const Layout *layout = find_layout (info);
  const char *problem = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (layout == NULL)
    problem = "their layout is not known for this chip";
  else if (begins_other_zone (info, layout, address))
    return TRUE;
  else if (address != layout->address || size <= layout->rdp_offset)
    problem = "they are written from their first byte on, or not at all";
  else if (level_of (layout, data[layout->rdp_offset]) == JMP_RDP_LEVEL_2)
    problem = "read protection of level 2 would lock the chip for ever";
  if (problem == NULL)
    return TRUE;
  g_set_error (
      error, JMP_ERROR, JMP_ERROR_REFUSED, "writing option bytes at 0x%08X: %s", address, problem);
  return FALSE;
}
