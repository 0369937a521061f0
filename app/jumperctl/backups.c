/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/backups.h"

#include "backup/store.h"
#include "base/error.h"
#include "device/identity.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/json.h"
#include "words/words-backups.h"
#include "words/words.h"

#include <glib/gi18n.h>

/* Whose backups are meant: a board that is not plugged in can be named by its serial number or port.
 * %NULL for those of all boards. */
static gboolean
find_identity (CtlSession *session, char **identity, GError **error)
{
  const char *device = session->options.devices != NULL ? session->options.devices[0] : NULL;
  g_autoptr (JmpSelector) selector = device != NULL ? jmp_selector_parse (device, error) : NULL;

  *identity = NULL;
  if (device == NULL)
    return TRUE;
  if (selector == NULL)
    return FALSE;
  if (selector->kind == JMP_SELECT_SERIAL || selector->kind == JMP_SELECT_PATH) {
    *identity = g_strdup (device);
    return TRUE;
  }
  if (!ctl_choose_device (session, error))
    return FALSE;
  *identity = jmp_backup_identity (session->board->device, NULL);
  return TRUE;
}

static char *
format_date (gint64 date)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (date);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
}

static char *
format_utc (gint64 date)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (date);

  return time != NULL ? g_date_time_format_iso8601 (time) : NULL;
}

static void
print_backup (CtlSession *session, const JmpBackup *backup)
{
  g_autofree char *date = format_date (backup->date);
  g_autofree char *about = backup->problem == NULL ? jmp_words_backup (backup) : NULL;
  const char *board = backup->board_name != NULL ? backup->board_name : _ ("Unknown board");

  if (backup->problem != NULL)
    /* Translators: a backup's name, its date, and why it cannot be used, in English. */
    ctl_session_print (session, _ ("%s  %s  damaged: %s\n"), backup->id, date, backup->problem);
  else
    ctl_session_print (session, "%s  %s  %s · %s\n", backup->id, date, board, about);
}

/* --- JSON --- */

static void
add_range (JsonBuilder *builder, const JmpBackupRange *range)
{
  json_builder_begin_object (builder);
  ctl_json_number (builder, "alt", range->alt);
  ctl_json_string (builder, "memory", range->memory);
  ctl_json_number (builder, "address", range->address);
  ctl_json_number (builder, "size", range->size);
  ctl_json_string (builder, "sha256", range->sha256);
  ctl_json_boolean (builder, "restore", range->bytes == NULL);
  json_builder_end_object (builder);
}

static void
add_backup (JsonBuilder *builder, const JmpBackup *backup)
{
  g_autofree char *date = format_utc (backup->date);
  g_autofree char *file = g_build_filename (backup->folder, JMP_BACKUP_FILE, NULL);
  g_autofree char *shown = g_filename_display_name (file);

  json_builder_begin_object (builder);
  ctl_json_string (builder, "id", backup->id);
  ctl_json_string (builder, "identity", backup->identity);
  ctl_json_string (builder, "board", backup->board_name);
  ctl_json_string (builder, "board_id", backup->board_id);
  ctl_json_id (builder, "vid", backup->vid);
  ctl_json_id (builder, "pid", backup->pid);
  ctl_json_string (builder, "serial", backup->serial);
  ctl_json_string (builder, "date", date);
  ctl_json_string (builder, "version", backup->version);
  ctl_json_string (builder, "reason", jmp_backup_reason_to_string (backup->reason));
  ctl_json_number (builder, "size", backup->size);
  ctl_json_string (builder, "file", shown);
  ctl_json_string (builder, "sha256", backup->sha256);
  ctl_json_string (builder, "problem", backup->problem);
  json_builder_set_member_name (builder, "ranges");
  json_builder_begin_array (builder);
  for (guint i = 0; i < backup->ranges->len; i++)
    add_range (builder, g_ptr_array_index (backup->ranges, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static JsonNode *
to_json (GPtrArray *backups)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "backups");
  json_builder_begin_array (builder);
  for (guint i = 0; i < backups->len; i++)
    add_backup (builder, g_ptr_array_index (backups, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static gboolean
backups_run (CtlSession *session, GError **error)
{
  g_autoptr (JmpBackupStore) store = jmp_backup_store_new (NULL);
  g_autofree char *identity = NULL;
  g_autoptr (GPtrArray) backups = NULL;

  if (!find_identity (session, &identity, error))
    return FALSE;
  jmp_backup_store_tidy (store, g_get_real_time () / G_USEC_PER_SEC);
  backups = jmp_backup_store_list (store, identity, session->cancellable, error);
  if (backups == NULL)
    return FALSE;
  session->result = to_json (backups);
  if (backups->len == 0)
    ctl_session_print (session, "%s\n", _ ("There are no backups."));
  for (guint i = 0; i < backups->len; i++)
    print_backup (session, g_ptr_array_index (backups, i));
  return TRUE;
}

/* --- For the other commands --- */

/**
 * ctl_backups_keep:
 * @session: a session with a board
 * @read: what was read from it
 * @error: as jmp_backup_store_add()
 *
 * Keeps a backup among those that the window shows.
 *
 * Returns: whether it is kept
 */
gboolean
ctl_backups_keep (CtlSession *session, JmpImage *read, GError **error)
{
  JmpDevice *device = session->board->device;
  g_autofree char *identity = jmp_backup_identity (device, NULL);
  const JmpBackupLabel label = {
    .identity = identity,
    .info = jmp_device_get_info (device),
    .board_name = jmp_device_get_name (device),
    .reason = session->options.has_range ? JMP_BACKUP_REGION : JMP_BACKUP_BY_HAND,
  };
  g_autoptr (JmpBackupStore) store = jmp_backup_store_new (NULL);
  g_autoptr (JmpBackup)
      backup = jmp_backup_store_add (store, &label, read, session->cancellable, error);
  g_autofree char *file = NULL;

  if (backup == NULL)
    return FALSE;
  file = g_build_filename (backup->folder, JMP_BACKUP_FILE, NULL);
  g_free (session->file);
  session->file = g_filename_display_name (file);
  ctl_session_print (session, _ ("Kept as backup %s.\n"), backup->id);
  return TRUE;
}

static gboolean
looks_like_id (const char *text)
{
  return g_regex_match_simple ("^[0-9]{8}-[0-9]{6}-[0-9a-f]{8}$", text, 0, 0);
}

/**
 * ctl_backups_resolve:
 * @session: a session whose first file may be the name of a backup
 * @error: as jmp_backup_store_load()
 *
 * Puts the file of a kept backup in the place of its name, after it was proven to be what was put in.
 * A file of that name in the current folder is meant before a backup.
 *
 * Returns: whether the first file can be used
 */
gboolean
ctl_backups_resolve (CtlSession *session, GError **error)
{
  char **name = session->options.files;
  g_autoptr (JmpBackupStore) store = NULL;
  g_autoptr (JmpBackup) backup = NULL;
  g_autoptr (JmpImage) image = NULL;

  if (name == NULL || *name == NULL || !looks_like_id (*name)
      || g_file_test (*name, G_FILE_TEST_EXISTS))
    return TRUE;
  store = jmp_backup_store_new (NULL);
  backup = jmp_backup_store_find (store, *name, session->cancellable, error);
  if (backup != NULL)
    image = jmp_backup_store_load (store, backup, session->cancellable, error);
  if (image == NULL)
    return FALSE;
  g_free (*name);
  *name = g_build_filename (backup->folder, JMP_BACKUP_FILE, NULL);
  return TRUE;
}

const CtlCommand ctl_command_backups = {
  .name = "backups",
  .summary = N_ ("List the backups that are kept on this computer."),
  .examples = "  jumperctl backups\n"
              "  jumperctl backups -d serial:3254335D3037\n"
              "  jumperctl restore 20261121-120000-1a2b3c4d",
  .takes = CTL_TAKES_DEVICE,
  .run = backups_run,
};
