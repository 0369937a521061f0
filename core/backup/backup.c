/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "backup/backup.h"

#include "backup/backup-private.h"
#include "device/identity.h"

static void
backup_clear (gpointer data)
{
  JmpBackup *self = data;

  g_free (self->id);
  g_free (self->folder);
  g_free (self->identity);
  g_free (self->problem);
  g_free (self->board_name);
  g_free (self->board_id);
  g_free (self->serial);
  g_free (self->version);
  g_free (self->machine);
  g_free (self->sha256);
  g_ptr_array_unref (self->ranges);
}

static void
range_free (gpointer data)
{
  JmpBackupRange *range = data;

  g_free (range->memory);
  g_free (range->sha256);
  g_clear_pointer (&range->bytes, g_bytes_unref);
  g_free (range);
}

/* An empty one, for the functions of this room to fill. */
JmpBackup *
jmp_backup_new (const char *folder)
{
  JmpBackup *self = g_atomic_rc_box_new0 (JmpBackup);

  self->id = g_path_get_basename (folder);
  self->folder = g_strdup (folder);
  self->ranges = g_ptr_array_new_with_free_func (range_free);
  return self;
}

/**
 * jmp_backup_ref:
 * @self: a backup
 *
 * Returns: (transfer full): @self
 */
JmpBackup *
jmp_backup_ref (JmpBackup *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * jmp_backup_unref:
 * @self: (transfer full): a backup
 *
 * Lets go of the value; what is in the store stays.
 */
void
jmp_backup_unref (JmpBackup *self)
{
  g_atomic_rc_box_release_full (self, backup_clear);
}

/**
 * jmp_backup_reason_to_string:
 * @reason: why a backup was made
 *
 * Returns: (transfer none): the word that stands in files ("first-flash")
 */
const char *
jmp_backup_reason_to_string (JmpBackupReason reason)
{
  static const char *const words[JMP_BACKUP_REASON_N] = {
    [JMP_BACKUP_BY_HAND] = "by-hand",
    [JMP_BACKUP_FIRST_FLASH] = "first-flash",
    [JMP_BACKUP_WOULD_BE_LOST] = "would-be-lost",
    [JMP_BACKUP_REGION] = "region",
    [JMP_BACKUP_IMPORTED] = "imported",
  };

  return words[reason];
}

static gboolean
has_twin (JmpDevice *device, GListModel *boards)
{
  const char *serial = jmp_device_get_serial (device);
  const guint n = boards != NULL ? g_list_model_get_n_items (boards) : 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (JmpDevice) other = g_list_model_get_item (boards, i);

    if (other != device && jmp_device_is_practice (other) == jmp_device_is_practice (device)
        && g_strcmp0 (jmp_device_get_serial (other), serial) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * jmp_backup_identity:
 * @device: a board
 * @boards: (nullable) (element-type JmpDevice): all boards that are there, to tell twins apart
 *
 * Which board it is, in a text that is the same whenever it is the same board: its serial number,
 * where that is its own, or the port that it is plugged in at. Practice boards are apart from real
 * ones. On the main thread, like all that looks at a device.
 *
 * Returns: (transfer full): the text
 */
char *
jmp_backup_identity (JmpDevice *device, GListModel *boards)
{
  const char *serial = jmp_device_get_serial (device);

  if (!jmp_serial_is_unique (serial) || has_twin (device, boards))
    return g_strconcat ("path:", jmp_device_get_path (device), NULL);
  return g_strconcat (jmp_device_is_practice (device) ? "practice:" : "serial:", serial, NULL);
}
