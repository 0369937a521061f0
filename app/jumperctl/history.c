/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/backups.h"

#include "backup/backup.h"
#include "backup/history.h"
#include "base/error.h"

static gboolean
find_kind (const CtlSession *session, JmpHistoryKind *kind)
{
  static const struct {
    const char *command;
    JmpHistoryKind kind;
  } kinds[] = {
    { "flash", JMP_HISTORY_INSTALL },  { "restore", JMP_HISTORY_RESTORE },
    { "backup", JMP_HISTORY_BACK_UP }, { "erase", JMP_HISTORY_ERASE },
    { "verify", JMP_HISTORY_VERIFY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_str_equal (session->command->name, kinds[i].command)) {
      *kind = kinds[i].kind;
      return !session->options.dry_run;
    }
  }
  return FALSE;
}

static JmpHistoryResult
find_result (const GError *error)
{
  if (error == NULL)
    return JMP_HISTORY_DONE;
  return jmp_error_is_cancelled (error) ? JMP_HISTORY_STOPPED : JMP_HISTORY_FAILED;
}

static guint64
count_bytes (const CtlBoard *board, JmpHistoryKind kind)
{
  const JmpOutcome *outcome = ctl_board_get_outcome (board);

  switch (kind) {
  case JMP_HISTORY_BACK_UP:
    return outcome->bytes_read;
  case JMP_HISTORY_VERIFY:
    return outcome->bytes_verified;
  case JMP_HISTORY_ERASE:
    return board->plan != NULL && board->error == NULL ? jmp_plan_get_totals (board->plan).erase
                                                       : 0;
  case JMP_HISTORY_INSTALL:
  case JMP_HISTORY_RESTORE:
    break;
  }
  return outcome->bytes_written;
}

/* What the firmware is called: its file; of a kept backup, its name. */
static char *
make_name (char **files)
{
  g_autofree char *file = files != NULL && files[0] != NULL ? g_path_get_basename (files[0]) : NULL;

  if (g_strcmp0 (file, JMP_BACKUP_FILE) == 0) {
    g_autofree char *folder = g_path_get_dirname (files[0]);

    g_free (file);
    file = g_path_get_basename (folder);
  }
  return file != NULL ? g_filename_display_name (file) : NULL;
}

static void
note (const CtlSession *session, const CtlBoard *board, JmpHistoryKind kind)
{
  const JmpOutcome *outcome = ctl_board_get_outcome (board);
  const GError *error = board->error;
  JmpHistoryEntry *entry = g_new0 (JmpHistoryEntry, 1);

  entry->kind = kind;
  entry->result = find_result (error);
  entry->board = g_strdup (jmp_device_get_name (board->device));
  entry->serial = g_strdup (jmp_device_get_serial (board->device));
  entry->firmware = make_name (session->options.files);
  entry->error = error != NULL ? g_strdup (error->message) : NULL;
  if (error != NULL && error->domain == JMP_ERROR)
    entry->error_code = g_strdup (jmp_error_to_string ((JmpError)error->code));
  entry->seconds = outcome->seconds_total;
  entry->bytes = count_bytes (board, kind);
  /* not worth an error: the work is done all the same */
  jmp_history_add (NULL, entry, NULL);
  jmp_history_entry_free (entry);
}

/**
 * ctl_backups_note_work:
 * @session: a session whose work has ended
 *
 * Writes down what was done to each board, where the window can show it.
 */
void
ctl_backups_note_work (CtlSession *session)
{
  JmpHistoryKind kind;

  if (!find_kind (session, &kind))
    return;
  for (guint i = 0; i < session->boards->len; i++) {
    const CtlBoard *board = g_ptr_array_index (session->boards, i);

    if (board->device != NULL && board->job != NULL && ctl_board_get_outcome (board) != NULL)
      note (session, board, kind);
  }
}
