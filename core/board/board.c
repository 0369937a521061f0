/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "board/board-private.h"

static const char *const region_names[] = {
  [JMP_REGION_VECTORS] = "vectors",
  [JMP_REGION_CODE] = "code",
  [JMP_REGION_FILES] = "files",
  [JMP_REGION_ROMFS] = "romfs",
  [JMP_REGION_BOOT_LOADER] = "boot-loader",
  [JMP_REGION_KEYS] = "keys",
  [JMP_REGION_SETTINGS] = "settings",
  [JMP_REGION_UPDATE] = "update",
  [JMP_REGION_RADIO] = "radio",
  [JMP_REGION_OPTION_BYTES] = "option-bytes",
  [JMP_REGION_OTP] = "otp",
  [JMP_REGION_FEATURES] = "features",
};

static const char *const advice_names[] = {
  [JMP_ADVICE_NOTE] = "note",
  [JMP_ADVICE_WARN] = "warn",
  [JMP_ADVICE_REFUSE] = "refuse",
};

static gboolean
find_name (const char *const *names, guint n_names, const char *text, guint *out)
{
  for (guint i = 0; i < n_names; i++) {
    if (g_str_equal (names[i], text)) {
      *out = i;
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * jmp_region_kind_to_string:
 * @kind: a kind of region
 *
 * Returns: (transfer none): what the catalogue calls it
 */
const char *
jmp_region_kind_to_string (JmpRegionKind kind)
{
  return region_names[kind];
}

/**
 * jmp_region_kind_from_string:
 * @text: what the catalogue calls it
 * @out: (out): the kind
 *
 * Returns: %FALSE when there is no such kind
 */
gboolean
jmp_region_kind_from_string (const char *text, JmpRegionKind *out)
{
  guint kind;

  if (!find_name (region_names, G_N_ELEMENTS (region_names), text, &kind))
    return FALSE;
  *out = kind;
  return TRUE;
}

/**
 * jmp_advice_kind_to_string:
 * @kind: how serious an advice is
 *
 * Returns: (transfer none): what the catalogue calls it
 */
const char *
jmp_advice_kind_to_string (JmpAdviceKind kind)
{
  return advice_names[kind];
}

/**
 * jmp_advice_kind_from_string:
 * @text: what the catalogue calls it
 * @out: (out): the kind
 *
 * Returns: %FALSE when there is no such kind
 */
gboolean
jmp_advice_kind_from_string (const char *text, JmpAdviceKind *out)
{
  guint kind;

  if (!find_name (advice_names, G_N_ELEMENTS (advice_names), text, &kind))
    return FALSE;
  *out = kind;
  return TRUE;
}

static void
region_clear (gpointer data)
{
  JmpRegion *self = data;

  g_free (self->name);
}

static void
words_clear (gpointer data)
{
  JmpWords *self = data;

  g_free (self->code);
  g_free (self->words);
}

static void
advice_clear (gpointer data)
{
  JmpAdvice *self = data;

  words_clear (&self->reason);
}

static GArray *
new_array (guint size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, FALSE, size);

  if (clear != NULL)
    g_array_set_clear_func (array, clear);
  return array;
}

/* A board with empty arrays, which the reader of the catalogue fills. */
JmpBoard *
jmp_board_new_empty (void)
{
  JmpBoard *self = g_atomic_rc_box_new0 (JmpBoard);

  self->sectors = new_array (sizeof (JmpSectorRun), NULL);
  self->regions = new_array (sizeof (JmpRegion), region_clear);
  self->elements = new_array (sizeof (guint32), NULL);
  self->dfu_ids = new_array (sizeof (JmpUsbId), NULL);
  self->normal_ids = new_array (sizeof (JmpUsbId), NULL);
  self->entries = new_array (sizeof (JmpWords), words_clear);
  self->variants = new_array (sizeof (JmpWords), words_clear);
  self->advice = new_array (sizeof (JmpAdvice), advice_clear);
  return self;
}

static void
board_clear (gpointer data)
{
  JmpBoard *self = data;

  g_free (self->id);
  g_strfreev (self->old_names);
  g_free (self->product);
  g_free (self->vendor);
  g_free (self->machine);
  g_free (self->mcu);
  g_free (self->part);
  g_array_unref (self->sectors);
  g_array_unref (self->regions);
  g_array_unref (self->elements);
  g_free (self->boot_loader);
  g_array_unref (self->dfu_ids);
  g_array_unref (self->normal_ids);
  g_array_unref (self->entries);
  g_array_unref (self->variants);
  g_array_unref (self->advice);
  g_strfreev (self->sources);
  g_free (self->since);
  g_free (self->page);
  g_free (self->url);
}

/**
 * jmp_board_ref:
 * @self: a board
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
JmpBoard *
jmp_board_ref (JmpBoard *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * jmp_board_unref:
 * @self: (transfer full): a board
 *
 * Gives a reference back.
 */
void
jmp_board_unref (JmpBoard *self)
{
  g_atomic_rc_box_release_full (self, board_clear);
}

/**
 * jmp_board_is_called:
 * @self: a board
 * @name: an id, in any case
 *
 * Whether that is the board's id or one that it had before.
 *
 * Returns: %FALSE when it is not
 */
gboolean
jmp_board_is_called (JmpBoard *self, const char *name)
{
  if (g_ascii_strcasecmp (self->id, name) == 0)
    return TRUE;
  for (guint i = 0; self->old_names[i] != NULL; i++)
    if (g_ascii_strcasecmp (self->old_names[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* Old file names have "dp-thread" where new ones have "DP_THREAD". */
static gboolean
variant_is (const char *variant, const char *name)
{
  for (; *variant != '\0' && *name != '\0'; variant++, name++) {
    char letter = *name == '-' ? '_' : g_ascii_toupper (*name);

    if (g_ascii_toupper (*variant) != letter)
      return FALSE;
  }
  return *variant == *name;
}

/**
 * jmp_board_find_variant:
 * @self: a board
 * @name: a variant, in any case, also as old file names have it
 *
 * Returns: (nullable) (transfer none): the variant as the catalogue writes it; %NULL when the board has
 *   no such variant
 */
const char *
jmp_board_find_variant (JmpBoard *self, const char *name)
{
  for (guint i = 0; i < self->variants->len; i++) {
    const char *code = g_array_index (self->variants, JmpWords, i).code;

    if (variant_is (code, name))
      return code;
  }
  return NULL;
}

/**
 * jmp_board_has_source:
 * @self: a board
 * @id: a source's id
 *
 * Returns: whether the source has releases for the board
 */
gboolean
jmp_board_has_source (JmpBoard *self, const char *id)
{
  return g_strv_contains ((const char *const *)self->sources, id);
}

/**
 * jmp_board_find_region:
 * @self: a board
 * @alt: an alt setting
 * @address: an address there
 *
 * Returns: (nullable) (transfer none): what stands there, if the catalogue knows it
 */
const JmpRegion *
jmp_board_find_region (JmpBoard *self, guint8 alt, guint32 address)
{
  for (guint i = 0; i < self->regions->len; i++) {
    const JmpRegion *region = &g_array_index (self->regions, JmpRegion, i);

    if (region->alt == alt && address >= region->address
        && address - region->address < region->size)
      return region;
  }
  return NULL;
}

/**
 * jmp_board_get_advice:
 * @self: a board
 *
 * Returns: how serious the most serious advice is; %JMP_ADVICE_NOTE when there is none
 */
JmpAdviceKind
jmp_board_get_advice (JmpBoard *self)
{
  return self->advice->len > 0 ? g_array_index (self->advice, JmpAdvice, 0).kind : JMP_ADVICE_NOTE;
}
