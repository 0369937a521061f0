/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "backups/backup-item.h"

struct _JmpBackupItem {
  GObject parent;

  JmpBackup *backup;
  JmpBackupState state;
  char *problem;
};

G_DEFINE_FINAL_TYPE (JmpBackupItem, jmp_backup_item, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STATE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
jmp_backup_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JmpBackupItem *self = JMP_BACKUP_ITEM (object);

  switch (id) {
  case PROP_STATE:
    g_value_set_uint (value, self->state);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
jmp_backup_item_finalize (GObject *object)
{
  JmpBackupItem *self = JMP_BACKUP_ITEM (object);

  jmp_backup_unref (self->backup);
  g_free (self->problem);
  G_OBJECT_CLASS (jmp_backup_item_parent_class)->finalize (object);
}

static void
jmp_backup_item_class_init (JmpBackupItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = jmp_backup_item_get_property;
  object_class->finalize = jmp_backup_item_finalize;
  props[PROP_STATE] = g_param_spec_uint ("state",
                                         NULL,
                                         NULL,
                                         JMP_BACKUP_UNCHECKED,
                                         JMP_BACKUP_DAMAGED,
                                         JMP_BACKUP_UNCHECKED,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
jmp_backup_item_init (JmpBackupItem *self)
{
}

/**
 * jmp_backup_item_new:
 * @backup: a backup
 *
 * Returns: (transfer full): its row
 */
JmpBackupItem *
jmp_backup_item_new (JmpBackup *backup)
{
  JmpBackupItem *self = g_object_new (JMP_TYPE_BACKUP_ITEM, NULL);

  self->backup = jmp_backup_ref (backup);
  self->problem = g_strdup (backup->problem);
  self->state = backup->problem != NULL ? JMP_BACKUP_DAMAGED : JMP_BACKUP_UNCHECKED;
  return self;
}

/**
 * jmp_backup_item_get_backup:
 * @self: a row
 *
 * Returns: (transfer none): the backup
 */
JmpBackup *
jmp_backup_item_get_backup (JmpBackupItem *self)
{
  return self->backup;
}

/**
 * jmp_backup_item_get_state:
 * @self: a row
 *
 * Returns: what is known about it now
 */
JmpBackupState
jmp_backup_item_get_state (JmpBackupItem *self)
{
  return self->state;
}

/**
 * jmp_backup_item_get_problem:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): why it cannot be used, as the core says it
 */
const char *
jmp_backup_item_get_problem (JmpBackupItem *self)
{
  return self->problem;
}

/**
 * jmp_backup_item_is_usable:
 * @self: a row
 *
 * Returns: whether it may be restored, as far as is known
 */
gboolean
jmp_backup_item_is_usable (JmpBackupItem *self)
{
  return self->state != JMP_BACKUP_DAMAGED;
}

/**
 * jmp_backup_item_set_state:
 * @self: a row
 * @state: what was found out
 * @problem: (nullable): with %JMP_BACKUP_DAMAGED, why it cannot be used
 */
void
jmp_backup_item_set_state (JmpBackupItem *self, JmpBackupState state, const char *problem)
{
  g_free (self->problem);
  self->problem = g_strdup (problem);
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}
