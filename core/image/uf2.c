/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/uf2.h"

#include "base/bytes.h"
#include "base/error.h"
#include "image/chunks-private.h"

#include <string.h>

#define BLOCK_SIZE       512
#define MAGIC_0          0x0A324655
#define MAGIC_1          0x9E5D5157
#define MAGIC_END        0x0AB16F30
#define MAGIC_END_OFFSET 508
#define DATA_OFFSET      32
#define DATA_MAX         476
#define FLAG_NOT_FLASH   0x00000001
#define FLAG_CONTAINER   0x00001000
#define FLAG_HAS_FAMILY  0x00002000
#define MAX_FAMILIES     16
#define FLASH_BASE       0x08000000u

/* @families: of guint32, those that its blocks name; @family: the one that is read, when
 * @has_family; @n_read: blocks of it; @n_blocks: how many there should be. */
typedef struct {
  const guint8 *data;
  gsize n_total;
  const JmpReadOptions *options;
  JmpImageBuilder *builder;
  GArray *families;
  gboolean has_family;
  guint32 family;
  guint8 *seen;
  guint32 n_read;
  guint32 n_blocks;
  JmpChunks chunks;
} Walk;

static void
walk_clear (Walk *self)
{
  g_array_unref (self->families);
  g_free (self->seen);
  jmp_chunks_clear (&self->chunks);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

/* The families of DfuSe boards, from the table of the format's authors (uf2families.json). */
static const struct {
  guint32 family;
  const char *name;
} families[] = {
  { 0x647824B6, "STM32F0" },     { 0x5EE21072, "STM32F1" },  { 0x5D1A0A2E, "STM32F2" },
  { 0x6B846188, "STM32F3" },     { 0x57755A57, "STM32F4" },  { 0x6D0922FA, "STM32F407" },
  { 0x8FB060FE, "STM32F407VG" }, { 0x53B80F00, "STM32F7" },  { 0x300F5633, "STM32G0" },
  { 0x4C71240A, "STM32G4" },     { 0x6DB66082, "STM32H7" },  { 0x202E3A91, "STM32L0" },
  { 0x1E1F432D, "STM32L1" },     { 0x00FF6919, "STM32L4" },  { 0x04240BDF, "STM32L5" },
  { 0x70D16653, "STM32WB" },     { 0x21460FF0, "STM32WL" },  { 0x31D228C6, "GD32F350" },
  { 0x9AF03E33, "GD32VF103" },   { 0xADA52840, "nRF52840" }, { 0xE48BFF56, "RP2040" },
};

/**
 * jmp_uf2_family_to_string:
 * @family: a family id
 *
 * Returns: (nullable): the processors that it stands for ("STM32F4"), or %NULL when it is not known
 */
const char *
jmp_uf2_family_to_string (guint32 family)
{
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (families[i].family == family)
      return families[i].name;
  return NULL;
}

/**
 * jmp_uf2_family_from_string:
 * @name: what jmp_uf2_family_to_string() calls it, in any case
 * @family: (out): its id
 *
 * Returns: %FALSE when no family of that name is known
 */
gboolean
jmp_uf2_family_from_string (const char *name, guint32 *family)
{
  for (guint i = 0; i < G_N_ELEMENTS (families); i++) {
    if (g_ascii_strcasecmp (families[i].name, name) == 0) {
      *family = families[i].family;
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * jmp_uf2_probe:
 * @bytes: a file
 *
 * Returns: whether it begins as a UF2 file does
 */
gboolean
jmp_uf2_probe (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return size >= 8 && jmp_get_u32 (data) == MAGIC_0 && jmp_get_u32 (data + 4) == MAGIC_1;
}

static gboolean
has_family (const guint8 *block, guint32 *family)
{
  *family = jmp_get_u32 (block + 28);
  return (jmp_get_u32 (block + 8) & FLAG_HAS_FAMILY) != 0;
}

static gboolean
note_family (Walk *walk, guint32 family)
{
  for (guint i = 0; i < walk->families->len; i++)
    if (g_array_index (walk->families, guint32, i) == family)
      return TRUE;
  if (walk->families->len == MAX_FAMILIES)
    return FALSE;
  g_array_append_val (walk->families, family);
  return TRUE;
}

static gboolean
fail (GError **error, gsize block, const char *what)
{
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_INVALID_FILE,
               "the block at offset %zu %s",
               block * BLOCK_SIZE,
               what);
  return FALSE;
}

/* Checks what every block must have, and notes the families. */
static gboolean
check_blocks (Walk *walk, GError **error)
{
  for (gsize i = 0; i < walk->n_total; i++) {
    const guint8 *block = walk->data + i * BLOCK_SIZE;
    guint32 family;

    if (jmp_get_u32 (block) != MAGIC_0 || jmp_get_u32 (block + 4) != MAGIC_1
        || jmp_get_u32 (block + MAGIC_END_OFFSET) != MAGIC_END)
      return fail (error, i, "lacks its marks");
    if (jmp_get_u32 (block + 16) > DATA_MAX)
      return fail (error, i, "says that it has more bytes than fit");
    if (jmp_get_u32 (block + 20) >= jmp_get_u32 (block + 24))
      return fail (error, i, "has a number past its count");
    if ((jmp_get_u32 (block + 8) & FLAG_CONTAINER) != 0)
      return fail (error, i, "belongs to a file for a file system, not for the flash");
    if (has_family (block, &family) && !note_family (walk, family))
      return fail (error, i, "names one family too many");
  }
  return TRUE;
}

static char *
list_families (Walk *walk)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < walk->families->len; i++) {
    guint32 family = g_array_index (walk->families, guint32, i);
    const char *name = jmp_uf2_family_to_string (family);

    g_string_append_printf (text, "%s0x%08X", i > 0 ? ", " : "", family);
    if (name != NULL)
      g_string_append_printf (text, " (%s)", name);
  }
  return g_string_free (text, FALSE);
}

static gboolean
choose_family (Walk *walk, GError **error)
{
  g_autofree char *list = list_families (walk);

  walk->has_family = walk->families->len > 0;
  if (!walk->options->has_family) {
    if (walk->families->len > 1) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_USAGE,
                   "it has firmware for several families, one must be named: %s",
                   list);
      return FALSE;
    }
    if (walk->has_family)
      walk->family = g_array_index (walk->families, guint32, 0);
    return TRUE;
  }
  walk->family = walk->options->family;
  for (guint i = 0; i < walk->families->len; i++)
    if (g_array_index (walk->families, guint32, i) == walk->family)
      return TRUE;
  if (walk->families->len == 0)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_MISMATCH,
               "nothing in it is for family 0x%08X, it is for %s",
               walk->family,
               list);
  return FALSE;
}

/* Blocks may repeat and come in any order; each number must come. */
static gboolean
note_block (Walk *walk, gsize index, const guint8 *block, GError **error)
{
  guint32 number = jmp_get_u32 (block + 20);
  guint32 count = jmp_get_u32 (block + 24);

  if (walk->seen == NULL) {
    if (count > walk->n_total) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_DAMAGED_FILE,
                   "cut short: of %u blocks it has at most %zu",
                   count,
                   walk->n_total);
      return FALSE;
    }
    walk->n_blocks = count;
    walk->seen = g_malloc0 (count);
  }
  if (count != walk->n_blocks)
    return fail (error, index, "has another count than the first");
  if (walk->seen[number] == 0)
    walk->n_read++;
  walk->seen[number] = 1;
  return TRUE;
}

static gboolean
read_blocks (Walk *walk, GError **error)
{
  for (gsize i = 0; i < walk->n_total; i++) {
    const guint8 *block = walk->data + i * BLOCK_SIZE;
    guint32 family;
    gboolean named = has_family (block, &family);

    if (walk->has_family && named && family != walk->family)
      continue;
    if (!note_block (walk, i, block, error))
      return FALSE;
    if ((jmp_get_u32 (block + 8) & FLAG_NOT_FLASH) != 0)
      continue;
    if (!jmp_chunks_add (&walk->chunks,
                         jmp_get_u32 (block + 12),
                         jmp_get_u32 (block + 16),
                         i * BLOCK_SIZE + DATA_OFFSET,
                         (guint32)i,
                         error))
      return FALSE;
  }
  if (walk->n_read == walk->n_blocks)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_DAMAGED_FILE,
               "of %u blocks %u are missing",
               walk->n_blocks,
               walk->n_blocks - walk->n_read);
  return FALSE;
}

/* UF2 programs stand behind the boot loader that takes UF2: another one may have no use for them. */
static void
warn_of_offset (Walk *walk)
{
  guint32 lowest = G_MAXUINT32;

  for (guint i = 0; i < walk->chunks.chunks->len; i++)
    lowest = MIN (lowest, g_array_index (walk->chunks.chunks, JmpChunk, i).address);
  if (walk->chunks.chunks->len > 0 && lowest != FLASH_BASE)
    jmp_image_builder_warn (walk->builder,
                            "it begins at 0x%08X and not at the start of the flash: it is made "
                            "to stand behind a UF2 boot loader",
                            lowest);
}

/**
 * jmp_uf2_parse:
 * @bytes: a UF2 file
 * @options: the alt setting, and which family to read where there are several
 * @error: return location
 *
 * Reads a UF2 file: blocks of 512 bytes in any order, perhaps repeated, perhaps for several families
 * of processors (Microsoft, "USB Flashing Format"). Blocks that are not for the main flash are passed
 * over. The family becomes a hint.
 *
 * Returns: (transfer full): an image, or %NULL with %JMP_ERROR_DAMAGED_FILE (cut short, blocks
 *   missing), %JMP_ERROR_INVALID_FILE (contradicts itself, no bytes), %JMP_ERROR_USAGE (several
 *   families and none named) or %JMP_ERROR_MISMATCH (not the family that was named)
 */
JmpImage *
jmp_uf2_parse (GBytes *bytes, const JmpReadOptions *options, GError **error)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_UF2);
  g_auto (Walk) walk = { .options = options,
                         .builder = builder,
                         .families = g_array_new (FALSE, FALSE, sizeof (guint32)) };
  JmpImageHints hints = { 0 };
  gsize size;

  walk.data = g_bytes_get_data (bytes, &size);
  walk.n_total = size / BLOCK_SIZE;
  jmp_chunks_init (&walk.chunks, "block", TRUE);
  if (size % BLOCK_SIZE != 0) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_DAMAGED_FILE,
                 "cut short: %zu bytes are no whole blocks of %d",
                 size,
                 BLOCK_SIZE);
    return NULL;
  }
  if (!check_blocks (&walk, error) || !choose_family (&walk, error) || !read_blocks (&walk, error))
    return NULL;
  warn_of_offset (&walk);
  if (!jmp_chunks_end (&walk.chunks, walk.data, options->alt, builder, error))
    return NULL;
  hints.has_family = walk.has_family;
  hints.family = walk.family;
  jmp_image_builder_set_hints (builder, &hints);
  return jmp_image_builder_end (g_steal_pointer (&builder), error);
}
