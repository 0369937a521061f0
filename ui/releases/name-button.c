/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "releases/name-button.h"

#include "draw/resource.h"
#include "releases/kind-row.h"
#include "window/names.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _JmpNameButton {
  GtkWidget parent;

  /* Owned references */
  JmpSession *session;

  /* Template widgets */
  GtkMenuButton *button;
  AdwEntryRow *name;
  JmpKindRow *kind_row;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (JmpNameButton, jmp_name_button, GTK_TYPE_WIDGET)

static void
apply_cb (JmpNameButton *self)
{
  jmp_session_set_nickname (self->session, gtk_editable_get_text (GTK_EDITABLE (self->name)));
  gtk_menu_button_popdown (self->button);
}

static const char *
explain_memory (JmpSession *session)
{
  if (jmp_session_can_remember (session))
    return _ ("Remembered by the serial number of the board.");
  if (jmp_device_is_practice (jmp_session_get_device (session)))
    return _ ("Forgotten when the program ends, like the practice board.");
  return _ ("Forgotten when it is unplugged: its serial number does not tell it from others.");
}

static void
update (JmpNameButton *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->kind_row),
                          jmp_session_get_library (self->session) != NULL);
  gtk_label_set_text (self->note, explain_memory (self->session));
}

/* What is being typed is left alone as long as the popover is open. */
static void
opened_cb (JmpNameButton *self)
{
  const char *nickname = jmp_session_get_nickname (self->session);

  gtk_editable_set_text (GTK_EDITABLE (self->name), nickname != NULL ? nickname : "");
}

static void
jmp_name_button_dispose (GObject *object)
{
  JmpNameButton *self = JMP_NAME_BUTTON (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_NAME_BUTTON);
  G_OBJECT_CLASS (jmp_name_button_parent_class)->dispose (object);
}

static void
jmp_name_button_class_init (JmpNameButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_name_button_dispose;
  g_type_ensure (JMP_TYPE_KIND_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JMP_RESOURCE ("releases/name-button.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpNameButton, button);
  gtk_widget_class_bind_template_child (widget_class, JmpNameButton, name);
  gtk_widget_class_bind_template_child (widget_class, JmpNameButton, kind_row);
  gtk_widget_class_bind_template_child (widget_class, JmpNameButton, note);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
}

static void
jmp_name_button_init (JmpNameButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_label_entry_row (GTK_WIDGET (self->name));
}

/**
 * jmp_name_button_set_session:
 * @self: a button
 * @session: a board's session
 *
 * Says whose board it is; once.
 */
void
jmp_name_button_set_session (JmpNameButton *self, JmpSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  jmp_kind_row_set_session (self->kind_row, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
