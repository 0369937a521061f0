/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "board/catalogue-private.h"

static void
version_clear (gpointer data)
{
  JmpStableVersion *self = data;

  g_free (self->version);
  g_free (self->date);
}

static void
pin_free (gpointer data)
{
  JmpPin *self = data;

  g_free (self->sha256);
  g_free (self);
}

/* The empty catalogue that the reader fills; no one else sees one. */
JmpCatalogue *
jmp_catalogue_new_empty (void)
{
  JmpCatalogue *self = g_atomic_rc_box_new0 (JmpCatalogue);

  self->boards = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_board_unref);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_source_unref);
  self->versions = g_array_new (FALSE, FALSE, sizeof (JmpStableVersion));
  g_array_set_clear_func (self->versions, version_clear);
  self->pins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, pin_free);
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

static void
catalogue_clear (gpointer data)
{
  JmpCatalogue *self = data;

  g_free (self->generated);
  g_ptr_array_unref (self->boards);
  g_ptr_array_unref (self->sources);
  g_array_unref (self->versions);
  g_hash_table_unref (self->pins);
  g_hash_table_unref (self->words);
}

/**
 * jmp_catalogue_ref:
 * @self: a catalogue
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
JmpCatalogue *
jmp_catalogue_ref (JmpCatalogue *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * jmp_catalogue_unref:
 * @self: (transfer full): a catalogue
 *
 * Gives a reference back.
 */
void
jmp_catalogue_unref (JmpCatalogue *self)
{
  g_atomic_rc_box_release_full (self, catalogue_clear);
}

/**
 * jmp_catalogue_get_generated:
 * @self: a catalogue
 *
 * Returns: (transfer none): the day on which its facts were looked at last, YYYY-MM-DD
 */
const char *
jmp_catalogue_get_generated (JmpCatalogue *self)
{
  return self->generated;
}

/**
 * jmp_catalogue_get_boards:
 * @self: a catalogue
 *
 * Returns: (transfer none) (element-type JmpBoard): all boards; do not change the array
 */
GPtrArray *
jmp_catalogue_get_boards (JmpCatalogue *self)
{
  return self->boards;
}

/**
 * jmp_catalogue_get_sources:
 * @self: a catalogue
 *
 * Returns: (transfer none) (element-type JmpSource): all sources; do not change the array
 */
GPtrArray *
jmp_catalogue_get_sources (JmpCatalogue *self)
{
  return self->sources;
}

/**
 * jmp_catalogue_get_versions:
 * @self: a catalogue
 *
 * Returns: (transfer none) (element-type JmpStableVersion): the stable versions of MicroPython, newest
 *   first; do not change the array
 */
GArray *
jmp_catalogue_get_versions (JmpCatalogue *self)
{
  return self->versions;
}

/**
 * jmp_catalogue_find_pin:
 * @self: a catalogue
 * @file_name: name of a file, without folders
 *
 * Returns: (nullable) (transfer none): what the file is known to be
 */
const JmpPin *
jmp_catalogue_find_pin (JmpCatalogue *self, const char *file_name)
{
  return g_hash_table_lookup (self->pins, file_name);
}

/**
 * jmp_catalogue_find_source:
 * @self: a catalogue
 * @id: a source's id
 *
 * Returns: (nullable) (transfer none): the source
 */
JmpSource *
jmp_catalogue_find_source (JmpCatalogue *self, const char *id)
{
  for (guint i = 0; i < self->sources->len; i++) {
    JmpSource *source = self->sources->pdata[i];

    if (g_str_equal (source->id, id))
      return source;
  }
  return NULL;
}

/**
 * jmp_catalogue_find_board:
 * @self: a catalogue
 * @name: an id or an older name, in any case
 *
 * Returns: (nullable) (transfer none): the board of that name
 */
JmpBoard *
jmp_catalogue_find_board (JmpCatalogue *self, const char *name)
{
  for (guint i = 0; i < self->boards->len; i++)
    if (jmp_board_is_called (self->boards->pdata[i], name))
      return self->boards->pdata[i];
  return NULL;
}

/**
 * jmp_catalogue_find_by_machine:
 * @self: a catalogue
 * @machine: what a board's firmware calls it: "PYBv1.1 with STM32F405RG", or the first half of it
 *
 * The board that os.uname().machine or sys.implementation._machine names.
 *
 * Returns: (nullable) (transfer none): the board
 */
JmpBoard *
jmp_catalogue_find_by_machine (JmpCatalogue *self, const char *machine)
{
  const char *with = strstr (machine, " with ");
  g_autofree char *name = g_strndup (machine,
                                     with != NULL ? (gsize)(with - machine) : strlen (machine));

  for (guint i = 0; i < self->boards->len; i++) {
    JmpBoard *board = self->boards->pdata[i];

    if (board->machine == NULL || g_ascii_strcasecmp (board->machine, name) != 0)
      continue;
    if (with == NULL || g_ascii_strcasecmp (board->mcu, with + strlen (" with ")) == 0)
      return board;
  }
  return NULL;
}

/**
 * jmp_catalogue_find_by_build:
 * @self: a catalogue
 * @build: board and perhaps variant: "PYBV11-DP_THREAD", "pybv11-dp-thread", "PYBD-SF2"
 * @variant: (out) (optional) (nullable) (transfer full): the variant; in the catalogue's spelling where
 *   the catalogue knows it; %NULL for the standard build
 *
 * Takes apart sys.implementation._build, which is also the start of a firmware's file name. Ids and
 * variants have "-" in them, so the longest name that is a board counts.
 *
 * Returns: (nullable) (transfer none): the board
 */
JmpBoard *
jmp_catalogue_find_by_build (JmpCatalogue *self, const char *build, char **variant)
{
  g_autofree char *name = g_strdup (build);
  JmpBoard *board = jmp_catalogue_find_board (self, name);

  if (variant != NULL)
    *variant = NULL;
  for (char *dash = strrchr (name, '-'); board == NULL && dash != NULL;
       dash = strrchr (name, '-')) {
    *dash = '\0';
    board = jmp_catalogue_find_board (self, name);
    if (board != NULL && variant != NULL) {
      const char *rest = build + (dash - name) + 1;
      const char *known = jmp_board_find_variant (board, rest);

      *variant = g_strdup (known != NULL ? known : rest);
    }
  }
  return board;
}

static GPtrArray *
find_by_id (JmpCatalogue *self, gsize offset, guint16 vid, guint16 pid)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_board_unref);

  for (guint i = 0; i < self->boards->len; i++) {
    JmpBoard *board = self->boards->pdata[i];
    GArray *ids = G_STRUCT_MEMBER (GArray *, board, offset);

    for (guint n = 0; n < ids->len; n++) {
      const JmpUsbId *id = &g_array_index (ids, JmpUsbId, n);

      if (id->vid == vid && id->pid == pid) {
        g_ptr_array_add (found, jmp_board_ref (board));
        break;
      }
    }
  }
  return found;
}

/**
 * jmp_catalogue_find_by_dfu_id:
 * @self: a catalogue
 * @vid: idVendor
 * @pid: idProduct
 *
 * Returns: (transfer full) (element-type JmpBoard): the boards that have these ids in DFU mode
 */
GPtrArray *
jmp_catalogue_find_by_dfu_id (JmpCatalogue *self, guint16 vid, guint16 pid)
{
  return find_by_id (self, G_STRUCT_OFFSET (JmpBoard, dfu_ids), vid, pid);
}

/**
 * jmp_catalogue_find_by_normal_id:
 * @self: a catalogue
 * @vid: idVendor
 * @pid: idProduct
 *
 * Returns: (transfer full) (element-type JmpBoard): the boards that have these ids while their firmware
 *   runs
 */
GPtrArray *
jmp_catalogue_find_by_normal_id (JmpCatalogue *self, guint16 vid, guint16 pid)
{
  return find_by_id (self, G_STRUCT_OFFSET (JmpBoard, normal_ids), vid, pid);
}

/**
 * jmp_catalogue_find_fitting:
 * @self: a catalogue
 * @info: what a device in DFU mode says about itself
 *
 * The boards that the device can be, see jmp_board_fits(), in the order of the catalogue.
 *
 * Returns: (transfer full) (element-type JmpBoard): the boards, perhaps none
 */
GPtrArray *
jmp_catalogue_find_fitting (JmpCatalogue *self, const JmpDfuInfo *info)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_board_unref);

  for (guint i = 0; i < self->boards->len; i++)
    if (jmp_board_fits (self->boards->pdata[i], info) != JMP_FIT_NO)
      g_ptr_array_add (found, jmp_board_ref (self->boards->pdata[i]));
  return found;
}
