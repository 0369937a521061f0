/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "backups/backup-row.h"

#include "draw/resource.h"
#include "window/names.h"
#include "words/words-backups.h"

#include <glib/gi18n-lib.h>

struct _JmpBackupRow {
  AdwActionRow parent;

  JmpBackupItem *item;
  gboolean can_work;
  gboolean can_restore;

  /* Template widgets */
  GtkImage *icon;
  GtkButton *restore;
  GtkMenuButton *more;
};

G_DEFINE_FINAL_TYPE (JmpBackupRow, jmp_backup_row, ADW_TYPE_ACTION_ROW)

enum {
  SIGNAL_ASKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const struct {
  const char *name;
  JmpBackupAsk ask;
} ACTIONS[] = {
  { "backup.restore", JMP_BACKUP_ASK_RESTORE },
  { "backup.compare", JMP_BACKUP_ASK_COMPARE },
  { "backup.save", JMP_BACKUP_ASK_SAVE },
  { "backup.delete", JMP_BACKUP_ASK_DELETE },
};

static void
action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++) {
    if (g_str_equal (name, ACTIONS[i].name))
      g_signal_emit (widget, signals[SIGNAL_ASKED], 0, (int)ACTIONS[i].ask);
  }
}

static char *
state_words (JmpBackupItem *item)
{
  switch (jmp_backup_item_get_state (item)) {
  case JMP_BACKUP_UNCHECKED:
    return g_strdup (C_ ("backup", "Checking…"));
  case JMP_BACKUP_IDENTICAL:
    return g_strdup (C_ ("backup", "Identical to what is on the board"));
  case JMP_BACKUP_DIFFERENT:
    return g_strdup (C_ ("backup", "The board holds something else now"));
  case JMP_BACKUP_DAMAGED:
    /* Translators: why a backup cannot be used; %s is in English. */
    return g_strdup_printf (C_ ("backup", "Damaged, and of no use any more: %s"),
                            jmp_backup_item_get_problem (item));
  case JMP_BACKUP_WHOLE:
    break;
  }
  return NULL;
}

static void
show_icon (JmpBackupRow *self, JmpBackupState state)
{
  const char *classes[] = { NULL, NULL };
  const char *icon = "document-save-symbolic";

  if (state == JMP_BACKUP_IDENTICAL) {
    icon = "emblem-ok-symbolic";
    classes[0] = "success";
  } else if (state == JMP_BACKUP_DAMAGED) {
    icon = "dialog-warning-symbolic";
    classes[0] = "warning";
  }
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
}

static void
update_actions (JmpBackupRow *self)
{
  const gboolean usable = jmp_backup_item_is_usable (self->item);
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "backup.restore", usable && self->can_restore);
  gtk_widget_action_set_enabled (widget, "backup.compare", usable && self->can_work);
  gtk_widget_action_set_enabled (widget, "backup.save", usable);
  gtk_widget_set_visible (GTK_WIDGET (self->restore), usable);
}

/* A row is one of many: its buttons say of which backup they are. */
static void
set_name (GtkWidget *button, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update (JmpBackupRow *self)
{
  const JmpBackup *backup = jmp_backup_item_get_backup (self->item);
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *when = jmp_words_when (backup->date, now);
  g_autofree char *about = backup->problem == NULL ? jmp_words_backup (backup) : NULL;
  g_autofree char *state = state_words (self->item);
  g_autofree char *both = about != NULL && state != NULL ? g_strjoin ("\n", about, state, NULL)
                                                         : NULL;
  const char *subtitle = both != NULL ? both : about != NULL ? about : state;
  g_autofree char *name = g_strjoin (", ", when, subtitle, NULL);
  /* Translators: %s is a date. */
  g_autofree char *restore = g_strdup_printf (_ ("Restore the backup: %s"), when);
  /* Translators: %s is a date. */
  g_autofree char *more = g_strdup_printf (_ ("More about the backup: %s"), when);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), when);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  set_name (GTK_WIDGET (self->restore), restore);
  set_name (GTK_WIDGET (self->more), more);
  show_icon (self, jmp_backup_item_get_state (self->item));
  update_actions (self);
}

static void
jmp_backup_row_dispose (GObject *object)
{
  JmpBackupRow *self = JMP_BACKUP_ROW (object);

  g_clear_object (&self->item);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_BACKUP_ROW);
  G_OBJECT_CLASS (jmp_backup_row_parent_class)->dispose (object);
}

static void
jmp_backup_row_class_init (JmpBackupRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_backup_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JMP_RESOURCE ("backups/backup-row.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpBackupRow, icon);
  gtk_widget_class_bind_template_child (widget_class, JmpBackupRow, restore);
  gtk_widget_class_bind_template_child (widget_class, JmpBackupRow, more);
  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    gtk_widget_class_install_action (widget_class, ACTIONS[i].name, NULL, action_cb);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_Delete, (GdkModifierType)0, "backup.delete", NULL);
  signals[SIGNAL_ASKED] = g_signal_new ("asked",
                                        JMP_TYPE_BACKUP_ROW,
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        1,
                                        G_TYPE_INT);
}

static void
jmp_backup_row_init (JmpBackupRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_tidy (GTK_WIDGET (self));
}

/**
 * jmp_backup_row_new:
 * @item: a backup
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
jmp_backup_row_new (JmpBackupItem *item)
{
  JmpBackupRow *self = g_object_new (JMP_TYPE_BACKUP_ROW, NULL);

  self->item = g_object_ref (item);
  g_signal_connect_object (item, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * jmp_backup_row_get_item:
 * @self: a row
 *
 * Returns: (transfer none): the backup
 */
JmpBackupItem *
jmp_backup_row_get_item (JmpBackupRow *self)
{
  return self->item;
}

/**
 * jmp_backup_row_set_can_work:
 * @self: a row
 * @can_work: whether the board can be read now
 * @can_restore: whether a backup can be chosen for it now
 */
void
jmp_backup_row_set_can_work (JmpBackupRow *self, gboolean can_work, gboolean can_restore)
{
  self->can_work = can_work;
  self->can_restore = can_restore;
  update_actions (self);
}
