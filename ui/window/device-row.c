/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "window/device-row.h"

#include "board/status-pill.h"
#include "draw/resource.h"
#include "draw/text-layout.h"
#include "words/words.h"

struct _JmpDeviceRow {
  GtkListBoxRow parent;

  /* Owned references */
  JmpSession *session;

  /* Template widgets */
  GtkWidget *check;
  GtkLabel *name;
  GtkLabel *twin;
  JmpStatusPill *pill;
};

G_DEFINE_FINAL_TYPE (JmpDeviceRow, jmp_device_row, GTK_TYPE_LIST_BOX_ROW)

static void
update_state (JmpDeviceRow *self)
{
  JmpDevice *device = jmp_session_get_device (self->session);
  g_auto (JmpStatus) status = jmp_status_get (self->session);
  g_autofree char *twin = jmp_words_device_twin (device);
  g_autofree char *label = NULL;

  jmp_status_pill_set (self->pill, &status);
  label = g_strdup_printf ("%s, %s, %s", jmp_session_get_title (self->session), twin, status.text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update (JmpDeviceRow *self)
{
  JmpDevice *device = jmp_session_get_device (self->session);
  g_autofree char *twin = jmp_words_device_twin (device);

  gtk_label_set_text (self->name, jmp_session_get_title (self->session));
  gtk_label_set_text (self->twin, twin);
  update_state (self);
}

static void
jmp_device_row_dispose (GObject *object)
{
  JmpDeviceRow *self = JMP_DEVICE_ROW (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_DEVICE_ROW);
  G_OBJECT_CLASS (jmp_device_row_parent_class)->dispose (object);
}

static void
jmp_device_row_class_init (JmpDeviceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_device_row_dispose;
  g_type_ensure (JMP_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("window/device-row.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpDeviceRow, check);
  gtk_widget_class_bind_template_child (widget_class, JmpDeviceRow, name);
  gtk_widget_class_bind_template_child (widget_class, JmpDeviceRow, twin);
  gtk_widget_class_bind_template_child (widget_class, JmpDeviceRow, pill);
}

static void
jmp_device_row_init (JmpDeviceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_text_layout_use (GTK_WIDGET (self));
}

/**
 * jmp_device_row_new:
 * @session: a board's session
 *
 * Returns: (transfer floating): a row for the board
 */
GtkWidget *
jmp_device_row_new (JmpSession *session)
{
  JmpDeviceRow *self = g_object_new (JMP_TYPE_DEVICE_ROW, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "progress", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * jmp_device_row_get_session:
 * @self: a row
 *
 * Returns: (transfer none): the session of the row's board
 */
JmpSession *
jmp_device_row_get_session (JmpDeviceRow *self)
{
  return self->session;
}

/**
 * jmp_device_row_set_check:
 * @self: a row
 * @visible: whether it has a check mark, because several boards are being chosen
 * @active: whether it is checked
 *
 * The mark only shows it: it is the list that has the selection, and that says it.
 */
void
jmp_device_row_set_check (JmpDeviceRow *self, gboolean visible, gboolean active)
{
  gtk_widget_set_visible (self->check, visible);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), active);
}
