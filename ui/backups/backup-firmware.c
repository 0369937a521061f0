/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "backups/backup-firmware.h"

#include "words/words-backups.h"

typedef struct {
  JmpBackupStore *store;
  JmpBackup *backup;
} Source;

static void
source_free (gpointer data)
{
  Source *self = data;

  jmp_backup_store_unref (self->store);
  jmp_backup_unref (self->backup);
  g_free (self);
}

static char *
make_name (const JmpBackup *backup)
{
  return jmp_words_backup_name (backup, g_get_real_time () / G_USEC_PER_SEC);
}

/* On a worker. */
static JmpFirmware *
load_cb (gpointer user_data, JmpFirmwareLoad *load, GError **error)
{
  const Source *self = user_data;
  g_autoptr (JmpImage)
      image = jmp_backup_store_load (self->store, self->backup, load->cancellable, error);
  g_autofree char *name = NULL;

  if (image == NULL)
    return NULL;
  name = make_name (self->backup);
  return jmp_firmware_new (&(JmpFirmware){
      .origin = JMP_FIRMWARE_BACKUP,
      .name = name,
      .image = image,
      .board_id = self->backup->board_id,
      .version = self->backup->version,
  });
}

/**
 * jmp_backup_loader_new:
 * @store: where the backup is
 * @backup: a backup
 *
 * How a backup is had as firmware: read and checked whenever it is loaded.
 *
 * Returns: (transfer full): the loader
 */
JmpFirmwareLoader *
jmp_backup_loader_new (JmpBackupStore *store, JmpBackup *backup)
{
  g_autofree char *name = make_name (backup);
  Source *self = g_new0 (Source, 1);

  self->store = jmp_backup_store_ref (store);
  self->backup = jmp_backup_ref (backup);
  return jmp_firmware_loader_new (JMP_FIRMWARE_BACKUP, name, load_cb, self, source_free);
}
