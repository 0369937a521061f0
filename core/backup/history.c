/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "backup/history.h"

#include "backup/backup-private.h"
#include "base/error.h"
#include "base/paths.h"
#include "board/json.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define MODE_OWNER_ONLY 0600
#define MODE_FOLDER     0700
#define SUFFIX          ".json"
#define MAX_TEXT        1000
#define MAX_BYTES       (16 * 1024)
/* More names than this are not looked at; there should be JMP_HISTORY_MAX. */
#define MAX_NAMES 10000

/**
 * jmp_history_entry_free:
 * @self: (transfer full): an entry
 *
 * Frees an entry; what is in the history stays.
 */
void
jmp_history_entry_free (JmpHistoryEntry *self)
{
  g_free (self->board);
  g_free (self->serial);
  g_free (self->firmware);
  g_free (self->version);
  g_free (self->error);
  g_free (self->error_code);
  g_free (self);
}

/* The words that stand in files. */
static const char *
kind_word (int kind)
{
  static const char *const words[JMP_HISTORY_KIND_N] = {
    [JMP_HISTORY_INSTALL] = "install", [JMP_HISTORY_RESTORE] = "restore",
    [JMP_HISTORY_BACK_UP] = "back-up", [JMP_HISTORY_ERASE] = "erase",
    [JMP_HISTORY_VERIFY] = "verify",
  };

  return words[kind];
}

static const char *
result_word (int result)
{
  static const char *const words[JMP_HISTORY_RESULT_N] = {
    [JMP_HISTORY_DONE] = "done",
    [JMP_HISTORY_FAILED] = "failed",
    [JMP_HISTORY_STOPPED] = "stopped",
  };

  return words[result];
}

static char *
make_folder_path (const char *folder)
{
  g_autofree char *state = jmp_paths_state ();

  return folder != NULL ? g_strdup (folder) : g_build_filename (state, "history", NULL);
}

/* --- Writing --- */

/* Text of any kind, made fit to stand in a line. */
static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  GString *plain;

  if (valid == NULL || *valid == '\0')
    return;
  plain = g_string_new (NULL);
  for (const char *at = valid; *at != '\0' && plain->len + 8 < MAX_TEXT;
       at = g_utf8_next_char (at)) {
    const gunichar c = g_utf8_get_char (at);

    if (g_unichar_isprint (c) && g_unichar_type (c) != G_UNICODE_FORMAT)
      g_string_append_unichar (plain, c);
    else
      g_string_append_c (plain, ' ');
  }
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, plain->str);
  g_string_free (plain, TRUE);
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static char *
to_json (const JmpHistoryEntry *entry)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  const double ms = entry->seconds * 1000;

  json_builder_begin_object (builder);
  add_number (builder, "date", entry->date);
  add_text (builder, "kind", kind_word ((int)entry->kind));
  add_text (builder, "result", result_word ((int)entry->result));
  add_text (builder, "board", entry->board);
  add_text (builder, "serial", entry->serial);
  add_text (builder, "firmware", entry->firmware);
  add_text (builder, "version", entry->version);
  add_text (builder, "error", entry->error);
  add_text (builder, "error-code", entry->error_code);
  add_number (builder, "milliseconds", ms > 0 && ms < G_MAXINT32 ? (gint64)ms : 0);
  add_number (builder, "bytes", (gint64)MIN (entry->bytes, (guint64)G_MAXINT64));
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* Newest first: a name begins with the time, in as many digits always. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)b, *(const char *const *)a);
}

/* The names of our own files, newest first. */
static GPtrArray *
list_names (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) names = jmp_folder_list (folder, MAX_NAMES, error);

  for (guint i = names != NULL ? names->len : 0; i > 0; i--) {
    const char *name = g_ptr_array_index (names, i - 1);

    if (!g_ascii_isdigit (*name) || !g_str_has_suffix (name, SUFFIX))
      g_ptr_array_remove_index_fast (names, i - 1);
  }
  if (names != NULL)
    g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

/* The oldest go. What cannot be removed stays. */
static void
trim (const char *folder, guint keep)
{
  g_autoptr (GPtrArray) names = list_names (folder, NULL);

  for (guint i = keep; names != NULL && i < names->len; i++) {
    g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

    g_unlink (path);
  }
}

/**
 * jmp_history_add:
 * @folder: (nullable) (type filename): where the history is; %NULL for "history" in the state folder
 * @entry: what was done
 * @error: return location for a #GError
 *
 * Adds a piece of work, and forgets those before the last %JMP_HISTORY_MAX.
 *
 * Returns: %TRUE when it is kept
 */
gboolean
jmp_history_add (const char *folder, const JmpHistoryEntry *entry, GError **error)
{
  const gint64 now = g_get_real_time ();
  JmpHistoryEntry dated = *entry;
  g_autofree char *where = make_folder_path (folder);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) failure = NULL;

  if (dated.date <= 0)
    dated.date = now / G_USEC_PER_SEC;
  name = g_strdup_printf ("%013" G_GINT64_FORMAT "%06u-%08x" SUFFIX,
                          dated.date,
                          (guint)(now % G_USEC_PER_SEC),
                          g_random_int ());
  path = g_build_filename (where, name, NULL);
  text = to_json (&dated);
  /* what goes wrong with the folder, saving tells */
  g_mkdir_with_parents (where, MODE_FOLDER);
  if (!g_file_set_contents_full (
          path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, MODE_OWNER_ONLY, &failure)) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "keeping the history: %s", failure->message);
    return FALSE;
  }
  trim (where, JMP_HISTORY_MAX);
  return TRUE;
}

/* --- Reading --- */

static gboolean
find_word (JsonObject *object, const char *name, const char *(*word) (int), int n, int *out)
{
  const char *text = jmp_json_get_text (object, name, MAX_TEXT);

  for (*out = 0; *out < n; (*out)++) {
    if (g_strcmp0 (text, word (*out)) == 0)
      return TRUE;
  }
  return FALSE;
}

static JmpHistoryEntry *
read_object (JsonObject *object)
{
  guint64 date, bytes = 0, ms = 0;
  JmpHistoryEntry *entry;
  int kind, result;

  if (!jmp_json_get_number (object, "date", G_MAXUINT32, &date)
      || !find_word (object, "kind", kind_word, JMP_HISTORY_KIND_N, &kind)
      || !find_word (object, "result", result_word, JMP_HISTORY_RESULT_N, &result))
    return NULL;
  jmp_json_get_number (object, "bytes", G_MAXINT64, &bytes);
  jmp_json_get_number (object, "milliseconds", G_MAXINT32, &ms);
  entry = g_new0 (JmpHistoryEntry, 1);
  entry->date = (gint64)date;
  entry->kind = (JmpHistoryKind)kind;
  entry->result = (JmpHistoryResult)result;
  entry->board = g_strdup (jmp_json_get_text (object, "board", MAX_TEXT));
  entry->serial = g_strdup (jmp_json_get_text (object, "serial", MAX_TEXT));
  entry->firmware = g_strdup (jmp_json_get_text (object, "firmware", MAX_TEXT));
  entry->version = g_strdup (jmp_json_get_text (object, "version", MAX_TEXT));
  entry->error = g_strdup (jmp_json_get_text (object, "error", MAX_TEXT));
  entry->error_code = g_strdup (jmp_json_get_text (object, "error-code", MAX_TEXT));
  entry->seconds = (double)ms / 1000;
  entry->bytes = bytes;
  return entry;
}

static JmpHistoryEntry *
read_entry (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) root = NULL;
  guint64 size;
  gsize length;

  if (!jmp_folder_is_plain_file (path, &size) || size > MAX_BYTES
      || !g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  root = jmp_json_parse (bytes, MAX_BYTES, NULL);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? read_object (json_node_get_object (root))
                                                       : NULL;
}

/**
 * jmp_history_list:
 * @folder: (nullable) (type filename): where the history is; %NULL for "history" in the state folder
 * @cancellable: (nullable): a cancellable
 * @error: return location for a #GError
 *
 * Lists what was done, at most %JMP_HISTORY_MAX pieces of work. What is damaged is left out.
 *
 * Errors: %JMP_ERROR_FILE, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (element-type JmpHistoryEntry): the entries, newest first
 */
GPtrArray *
jmp_history_list (const char *folder, GCancellable *cancellable, GError **error)
{
  g_autofree char *where = make_folder_path (folder);
  g_autoptr (GPtrArray) names = list_names (where, error);
  g_autoptr (GPtrArray) entries = NULL;

  if (names == NULL)
    return NULL;
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_history_entry_free);
  for (guint i = 0; i < names->len && entries->len < JMP_HISTORY_MAX; i++) {
    g_autofree char *path = g_build_filename (where, g_ptr_array_index (names, i), NULL);
    JmpHistoryEntry *entry;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    entry = read_entry (path);
    if (entry != NULL)
      g_ptr_array_add (entries, entry);
  }
  return g_steal_pointer (&entries);
}

/**
 * jmp_history_clear:
 * @folder: (nullable) (type filename): where the history is; %NULL for "history" in the state folder
 * @error: return location for a #GError
 *
 * Forgets everything. Files that are not of the history stay.
 *
 * Returns: %TRUE when nothing is left of it
 */
gboolean
jmp_history_clear (const char *folder, GError **error)
{
  g_autofree char *where = make_folder_path (folder);
  g_autoptr (GPtrArray) names = list_names (where, error);

  for (guint i = 0; names != NULL && i < names->len; i++) {
    g_autofree char *path = g_build_filename (where, g_ptr_array_index (names, i), NULL);
    int problem;

    if (g_unlink (path) == 0 || errno == ENOENT)
      continue;
    problem = errno;
    g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "removing %s: %s", path, g_strerror (problem));
    return FALSE;
  }
  return names != NULL;
}
