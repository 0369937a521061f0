/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "backups/session-backups.h"

#include "backups/backup-firmware.h"

/* Only a backup of all that there is counts as one: what was imported may be anything. */
static gboolean
has_backup (JmpBackupModel *model)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (model));

  for (guint i = 0; i < n; i++) {
    g_autoptr (JmpBackupItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);
    const JmpBackupReason reason = jmp_backup_item_get_backup (item)->reason;

    if (jmp_backup_item_is_usable (item) && reason != JMP_BACKUP_IMPORTED
        && reason != JMP_BACKUP_REGION)
      return TRUE;
  }
  return FALSE;
}

static void
model_changed_cb (JmpBackupModel *model, JmpSession *session)
{
  jmp_session_hold (session, jmp_backup_model_get_work (model) != JMP_BACKUP_CHORE_NONE);
  jmp_session_set_has_backup (session, has_backup (model));
}

static void
session_changed_cb (JmpSession *session, JmpBackupModel *model)
{
  JmpBoard *board = jmp_session_get_board (session);
  const JmpBackupAbout about = {
    .board_name = jmp_session_get_title (session),
    .board_id = board != NULL ? board->id : NULL,
    .version = jmp_session_get_version (session),
  };

  jmp_backup_model_set_about (model, &about);
  jmp_backup_model_hold (model, jmp_session_is_working (session));
}

/* The work may have changed the board, and may have begun with a backup. */
static void
session_finished_cb (JmpSession *session, JmpBackupModel *model)
{
  jmp_backup_model_forget_comparisons (model);
  jmp_backup_model_refresh (model);
}

/**
 * jmp_session_backups_new:
 * @session: a board's session
 * @store: where backups are
 *
 * Returns: (transfer full): the board's backups, which follow the session as long as both are there
 */
JmpBackupModel *
jmp_session_backups_new (JmpSession *session, JmpBackupStore *store)
{
  JmpBackupModel *model = jmp_backup_model_new (
      store, jmp_session_get_device (session), jmp_session_get_boards (session));

  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), model, 0);
  g_signal_connect_object (session, "finished", G_CALLBACK (session_finished_cb), model, 0);
  g_signal_connect_object (model, "changed", G_CALLBACK (model_changed_cb), session, 0);
  session_changed_cb (session, model);
  jmp_backup_model_refresh (model);
  return model;
}

/**
 * jmp_session_backups_restore:
 * @session: a board's session
 * @model: the board's backups
 * @backup: one of them
 *
 * Chooses a backup as the firmware that is to be brought onto the board.
 */
void
jmp_session_backups_restore (JmpSession *session, JmpBackupModel *model, JmpBackup *backup)
{
  g_autoptr (JmpFirmwareLoader)
      loader = jmp_backup_loader_new (jmp_backup_model_get_store (model), backup);

  jmp_session_open_firmware_loader (session, loader);
}

static void
look_changed_cb (JmpBackupModel *model, JmpSession *session)
{
  if (jmp_backup_model_is_listed (model))
    jmp_session_set_has_backup (session, has_backup (model));
}

/**
 * jmp_session_backups_look:
 * @session: a board's session
 * @store: where backups are
 *
 * Only tells the session whether there is a backup of its board: nothing is done with the backups.
 *
 * Returns: (transfer full): what looks; it follows the session as long as both are there
 */
JmpBackupModel *
jmp_session_backups_look (JmpSession *session, JmpBackupStore *store)
{
  JmpBackupModel *model = jmp_backup_model_new (
      store, jmp_session_get_device (session), jmp_session_get_boards (session));

  g_signal_connect_object (
      session, "finished", G_CALLBACK (jmp_backup_model_refresh), model, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "changed", G_CALLBACK (look_changed_cb), session, 0);
  jmp_backup_model_refresh (model);
  return model;
}
