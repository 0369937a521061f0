/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "backups/backup-first-row.h"

#include "draw/resource.h"

struct _JmpBackupFirstRow {
  AdwActionRow parent;

  JmpSession *session;
  gboolean updating;

  /* Template widgets */
  GtkSwitch *toggle;
};

G_DEFINE_FINAL_TYPE (JmpBackupFirstRow, jmp_backup_first_row, ADW_TYPE_ACTION_ROW)

/* Where firmware is chosen that can be installed: before that there is nothing to lose. */
static gboolean
is_wanted (JmpSession *session)
{
  switch (jmp_session_get_state (session)) {
  case JMP_SESSION_CHOSEN:
  case JMP_SESSION_READING:
  case JMP_SESSION_READY:
    return jmp_session_can_back_up (session);
  case JMP_SESSION_NO_FIRMWARE:
  case JMP_SESSION_BAD_FIRMWARE:
  case JMP_SESSION_WORKING:
  case JMP_SESSION_WAITING:
  case JMP_SESSION_STOPPING:
  case JMP_SESSION_SUCCEEDED:
  case JMP_SESSION_FAILED:
  case JMP_SESSION_STOPPED:
    break;
  }
  return FALSE;
}

static void
update (JmpBackupFirstRow *self)
{
  self->updating = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self), is_wanted (self->session));
  gtk_switch_set_active (self->toggle, jmp_session_get_backup_first (self->session));
  self->updating = FALSE;
}

static void
toggled_cb (JmpBackupFirstRow *self)
{
  if (!self->updating)
    jmp_session_set_backup_first (self->session, gtk_switch_get_active (self->toggle));
}

static void
jmp_backup_first_row_dispose (GObject *object)
{
  JmpBackupFirstRow *self = JMP_BACKUP_FIRST_ROW (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_BACKUP_FIRST_ROW);
  G_OBJECT_CLASS (jmp_backup_first_row_parent_class)->dispose (object);
}

static void
jmp_backup_first_row_class_init (JmpBackupFirstRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_backup_first_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JMP_RESOURCE ("backups/backup-first-row.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpBackupFirstRow, toggle);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
jmp_backup_first_row_init (JmpBackupFirstRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jmp_backup_first_row_set_session:
 * @self: a row
 * @session: a board's session
 *
 * Says whose work it is; once.
 */
void
jmp_backup_first_row_set_session (JmpBackupFirstRow *self, JmpSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
