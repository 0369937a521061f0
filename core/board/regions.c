/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "board/regions.h"

#include <string.h>

/* What practice boards are: nobody has to guess. */
static const struct {
  const char *kind;
  const char *board;
} practice_boards[] = {
  { "pyboard", "PYBV11" },     { "mboot", "PYBD_SF2" },
  { "spark", "SPARK_CORE" },   { "photon", "PHOTON" },
  { "wb55", "NUCLEO_WB55" },   { "f411", "PYBLITEV10" },
  { "f767", "NUCLEO_F767ZI" }, { "nucleo-h743", "NUCLEO_H743ZI" },
};

/* Memories that are settings rather than memory, by the names that ST's boot loaders give them; old
 * ones say that they can be erased. */
static const struct {
  const char *prefix;
  JmpRegionKind kind;
  const char *name;
} special[] = {
  { "Option", JMP_REGION_OPTION_BYTES, "option bytes" },
  { "OTP", JMP_REGION_OTP, "OTP" },
  { "Device Feature", JMP_REGION_FEATURES, "device features" },
};

/* The catalogue's name for a practice board's path, "virtual:KIND". */
static JmpBoard *
find_practice (JmpCatalogue *catalogue, const char *path)
{
  const char *kind = strchr (path, ':');

  for (guint i = 0; kind != NULL && i < G_N_ELEMENTS (practice_boards); i++) {
    if (g_str_equal (kind + 1, practice_boards[i].kind))
      return jmp_catalogue_find_board (catalogue, practice_boards[i].board);
  }
  return NULL;
}

/**
 * jmp_regions_find_board:
 * @catalogue: the boards
 * @device: a device
 * @said: (nullable): which board the person said that it is
 *
 * Which board a device certainly is: the one that was said, if it can be that; what a practice board
 * is; or the only one that fits. A boot loader's ids and map are those of many boards: where several fit
 * and nobody said, it is none.
 *
 * Returns: (transfer full) (nullable): the board
 */
JmpBoard *
jmp_regions_find_board (JmpCatalogue *catalogue, JmpDevice *device, const char *said)
{
  JmpDfuInfo *info = jmp_device_get_info (device);
  JmpBoard *board = said != NULL ? jmp_catalogue_find_board (catalogue, said) : NULL;
  g_autoptr (GPtrArray) fitting = NULL;

  if (info == NULL)
    return NULL;
  if (board != NULL && jmp_board_fits (board, info) != JMP_FIT_NO)
    return jmp_board_ref (board);
  board = jmp_device_is_practice (device) ? find_practice (catalogue, jmp_device_get_path (device))
                                          : NULL;
  if (board != NULL)
    return jmp_board_ref (board);
  fitting = jmp_catalogue_find_fitting (catalogue, info);
  return fitting->len == 1 ? jmp_board_ref (fitting->pdata[0]) : NULL;
}

static void
region_clear (gpointer data)
{
  JmpRegion *region = data;

  g_free (region->name);
}

static int
compare_regions (gconstpointer a, gconstpointer b)
{
  const JmpRegion *left = a;
  const JmpRegion *right = b;

  if (left->alt != right->alt)
    return left->alt < right->alt ? -1 : 1;
  return left->address < right->address ? -1 : left->address > right->address;
}

static void
add (GArray *all, const JmpRegion *region)
{
  JmpRegion copy = *region;

  copy.name = g_strdup (region->name);
  g_array_append_val (all, copy);
}

/* What the memory map itself says: each run of a special memory is a region. */
static void
add_special (GArray *all, const JmpDfuAlt *alt)
{
  guint n = 0;
  const JmpSectorRun *runs;

  if (alt->layout == NULL)
    return;
  runs = jmp_layout_get_runs (alt->layout, &n);
  for (guint i = 0; i < G_N_ELEMENTS (special); i++) {
    const char *prefix = special[i].prefix;

    if (g_ascii_strncasecmp (jmp_layout_get_name (alt->layout), prefix, strlen (prefix)) != 0)
      continue;
    for (guint r = 0; r < n; r++) {
      guint64 size = (guint64)runs[r].size * runs[r].count;
      JmpRegion region = { .kind = special[i].kind,
                           .alt = alt->alt,
                           .address = runs[r].address,
                           .size = (guint32)MIN (size, G_MAXUINT32),
                           .reserved = TRUE,
                           .name = (char *)special[i].name };

      add (all, &region);
    }
  }
}

static gboolean
has_same (JmpBoard *board, const JmpRegion *wanted)
{
  const JmpRegion *region = jmp_board_find_region (board, wanted->alt, wanted->address);

  return region != NULL && region->reserved && region->kind == wanted->kind
         && region->address == wanted->address && region->size == wanted->size;
}

/* What every board has that this one can be is certain, whichever it is. */
static void
add_common (GArray *all, GPtrArray *boards)
{
  JmpBoard *first = boards->len > 0 ? boards->pdata[0] : NULL;

  for (guint i = 0; first != NULL && i < first->regions->len; i++) {
    const JmpRegion *region = &g_array_index (first->regions, JmpRegion, i);
    gboolean common = region->reserved;

    for (guint b = 1; common && b < boards->len; b++)
      common = has_same (boards->pdata[b], region);
    if (common)
      add (all, region);
  }
}

static void
fill (JmpRegions *self, const JmpDfuInfo *info)
{
  g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (JmpGuardRegion));

  for (guint i = 0; i < info->alts->len; i++)
    add_special (self->all, info->alts->pdata[i]);
  g_array_sort (self->all, compare_regions);
  for (guint i = 0; i < self->all->len; i++) {
    const JmpRegion *region = &g_array_index (self->all, JmpRegion, i);
    const JmpGuardRegion guarded = { .alt = region->alt,
                                     .address = region->address,
                                     .length = region->size,
                                     .name = region->name,
                                     .code = jmp_region_kind_to_string (region->kind) };
    const JmpPlanRegion known = {
      .alt = region->alt,
      .address = region->address,
      .length = region->size,
      .is_code = region->kind == JMP_REGION_CODE || region->kind == JMP_REGION_VECTORS,
      .name = region->name,
    };

    g_array_append_val (self->plan, known);
    if (region->reserved)
      g_array_append_val (self->guard, guarded);
    if (!region->reserved && jmp_regions_is_guarded (region))
      g_array_append_val (files, guarded);
  }
  /* the most serious first */
  g_array_append_vals (self->guard_files, self->guard->data, self->guard->len);
  g_array_append_vals (self->guard_files, files->data, files->len);
}

/**
 * jmp_regions_is_guarded:
 * @region: a region
 *
 * Whether an update or an erase only changes it with the person's typed consent. A file system is where
 * the program is that keeps files in it; what a board has beside that, in a memory of its own, is free
 * for any data (Spark Core).
 *
 * Returns: %FALSE for what an update is about
 */
gboolean
jmp_regions_is_guarded (const JmpRegion *region)
{
  return region->reserved || (region->kind == JMP_REGION_FILES && region->alt == 0);
}

static JmpRegions *
new_empty (JmpBoard *board)
{
  JmpRegions *self = g_new0 (JmpRegions, 1);

  self->board = board != NULL ? jmp_board_ref (board) : NULL;
  self->all = g_array_new (FALSE, FALSE, sizeof (JmpRegion));
  g_array_set_clear_func (self->all, region_clear);
  self->guard = g_array_new (FALSE, FALSE, sizeof (JmpGuardRegion));
  self->guard_files = g_array_new (FALSE, FALSE, sizeof (JmpGuardRegion));
  self->plan = g_array_new (FALSE, FALSE, sizeof (JmpPlanRegion));
  for (guint i = 0; board != NULL && i < board->regions->len; i++)
    add (self->all, &g_array_index (board->regions, JmpRegion, i));
  return self;
}

/**
 * jmp_regions_new:
 * @board: (nullable): which board it is
 * @info: what it says about itself
 *
 * What stands where on a board, and of what nobody knows which it is what its memory map tells: option
 * bytes, OTP memory, device features.
 *
 * Returns: (transfer full): the regions
 */
JmpRegions *
jmp_regions_new (JmpBoard *board, const JmpDfuInfo *info)
{
  JmpRegions *self = new_empty (board);

  fill (self, info);
  return self;
}

/**
 * jmp_regions_new_for_device:
 * @catalogue: (nullable): the boards
 * @device: a device
 * @said: (nullable): which board the person said that it is
 *
 * As jmp_regions_new(), for the board that jmp_regions_find_board() finds. Where it finds none, the
 * reserved regions are known all the same that every board has which it can be.
 *
 * Returns: (transfer full): the regions; none for a device that says nothing about itself
 */
JmpRegions *
jmp_regions_new_for_device (JmpCatalogue *catalogue, JmpDevice *device, const char *said)
{
  JmpDfuInfo *info = jmp_device_get_info (device);
  g_autoptr (JmpBoard) board = catalogue != NULL ? jmp_regions_find_board (catalogue, device, said)
                                                 : NULL;
  JmpRegions *self = new_empty (board);

  if (info == NULL)
    return self;
  if (board == NULL && catalogue != NULL) {
    g_autoptr (GPtrArray) fitting = jmp_catalogue_find_fitting (catalogue, info);

    add_common (self->all, fitting);
  }
  fill (self, info);
  return self;
}

/**
 * jmp_regions_free:
 * @self: (transfer full): regions
 *
 * Frees @self.
 */
void
jmp_regions_free (JmpRegions *self)
{
  g_clear_pointer (&self->board, jmp_board_unref);
  g_array_unref (self->guard);
  g_array_unref (self->guard_files);
  g_array_unref (self->plan);
  g_array_unref (self->all);
  g_free (self);
}

/**
 * jmp_regions_is_called:
 * @region: a region
 * @name: what a person typed
 *
 * Whether that means this region: its name, or the code of its kind.
 *
 * Returns: %FALSE for anything else, a part of the name included
 */
gboolean
jmp_regions_is_called (const JmpGuardRegion *region, const char *name)
{
  return g_ascii_strcasecmp (region->name, name) == 0
         || g_ascii_strcasecmp (region->code, name) == 0;
}
