/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/speeds.h"

#include "base/error.h"

#include <string.h>

#define FILE_NAME "speeds.ini"
/* Far more than any file that was written here. */
#define MAX_FILE   (64 * 1024)
#define MAX_MODELS 200
/* Nothing real is so far from a data sheet. */
#define SLOWEST 100.0
#define FASTEST 0.01
/* What the same board differs by from one day to the next. */
#define NEAR 0.05

/**
 * jmp_speeds_key:
 * @info: a board
 *
 * What boards of one model have in common: ids, product and memory map.
 *
 * Returns: (transfer full): the name of the model, in printable ASCII
 */
char *
jmp_speeds_key (const JmpDfuInfo *info)
{
  const JmpDfuAlt *first = info->alts->len > 0 ? g_ptr_array_index (info->alts, 0) : NULL;
  g_autofree char *layout = first != NULL && first->layout != NULL
                                ? jmp_layout_to_string (first->layout)
                                : g_strdup ("");
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *product = info->product != NULL ? info->product : "";

  /* a device's own words may hold anything, which a group of a key file may not */
  g_checksum_update (sum, (const guchar *)product, (gssize)strlen (product) + 1);
  g_checksum_update (sum, (const guchar *)layout, -1);
  return g_strdup_printf ("%04x:%04x:%.16s", info->vid, info->pid, g_checksum_get_string (sum));
}

static char *
file_path (const char *folder)
{
  return g_build_filename (folder, FILE_NAME, NULL);
}

/* An empty one where there is none that can be read. */
static GKeyFile *
read_file (const char *folder)
{
  g_autofree char *path = file_path (folder);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (
      file, "standard::size,standard::type", G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GKeyFile) keys = g_key_file_new ();

  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR
      && g_file_info_get_size (info) <= MAX_FILE)
    g_key_file_load_from_file (keys, path, G_KEY_FILE_NONE, NULL);
  return g_steal_pointer (&keys);
}

static gboolean
read_factor (GKeyFile *keys, const char *key, const char *name, double *out)
{
  g_autoptr (GError) error = NULL;
  double value = g_key_file_get_double (keys, key, name, &error);

  /* written so that a NaN fails */
  if (error != NULL || !(value >= FASTEST && value <= SLOWEST))
    return FALSE;
  *out = value;
  return TRUE;
}

static gboolean
read_model (GKeyFile *keys, const char *key, JmpSpeeds *out)
{
  return read_factor (keys, key, "erase", &out->erase)
         && read_factor (keys, key, "write", &out->write)
         && read_factor (keys, key, "read", &out->read);
}

/**
 * jmp_speeds_load:
 * @folder: where the file is
 * @key: a model, from jmp_speeds_key()
 * @speeds: (out caller-allocates): its speeds; set only where they are known
 *
 * Looks up how fast a model was.
 *
 * Returns: whether it is known
 */
gboolean
jmp_speeds_load (const char *folder, const char *key, JmpSpeeds *speeds)
{
  g_autoptr (GKeyFile) keys = read_file (folder);
  JmpSpeeds found;

  if (!read_model (keys, key, &found))
    return FALSE;
  *speeds = found;
  return TRUE;
}

/* The oldest models stand first; they go when there are too many. */
static void
make_room (GKeyFile *keys, const char *key)
{
  gsize n_models;
  g_auto (GStrv) models = NULL;

  g_key_file_remove_group (keys, key, NULL);
  models = g_key_file_get_groups (keys, &n_models);
  for (gsize i = 0; n_models - i >= MAX_MODELS; i++)
    g_key_file_remove_group (keys, models[i], NULL);
}

/* A guess that is so near is as good. */
static gboolean
is_near (double known, double measured)
{
  return ABS (measured - known) <= NEAR * known;
}

/**
 * jmp_speeds_save:
 * @folder: where the file is; made if it is not there
 * @key: a model, from jmp_speeds_key()
 * @speeds: its speeds
 * @error: return location for a #GError
 *
 * Remembers how fast a model was. The file is replaced as a whole, and synced; where it says nearly the
 * same already, it is left alone.
 *
 * Errors: %JMP_ERROR_FILE.
 *
 * Returns: whether it was saved
 */
gboolean
jmp_speeds_save (const char *folder, const char *key, const JmpSpeeds *speeds, GError **error)
{
  g_autoptr (GKeyFile) keys = read_file (folder);
  g_autofree char *path = file_path (folder);
  g_autofree char *text = NULL;
  g_autoptr (GError) failure = NULL;
  JmpSpeeds known;
  gsize length;

  if (read_model (keys, key, &known) && is_near (known.erase, speeds->erase)
      && is_near (known.write, speeds->write) && is_near (known.read, speeds->read))
    return TRUE;
  make_room (keys, key);
  g_key_file_set_double (keys, key, "erase", CLAMP (speeds->erase, FASTEST, SLOWEST));
  g_key_file_set_double (keys, key, "write", CLAMP (speeds->write, FASTEST, SLOWEST));
  g_key_file_set_double (keys, key, "read", CLAMP (speeds->read, FASTEST, SLOWEST));
  text = g_key_file_to_data (keys, &length, NULL);
  g_mkdir_with_parents (folder, 0700);
  if (g_file_set_contents_full (
          path, text, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &failure))
    return TRUE;
  g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "saving %s: %s", path, failure->message);
  return FALSE;
}
