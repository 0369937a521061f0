/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "board/main-bar.h"

#include "draw/resource.h"
#include "draw/wrap-box.h"
#include "session/status.h"
#include "window/names.h"

struct _JmpMainBar {
  GtkBox parent;

  JmpSession *session; /* owned */

  /* Template widgets */
  GtkButton *install;
  GtkLabel *reason;
};

G_DEFINE_FINAL_TYPE (JmpMainBar, jmp_main_bar, GTK_TYPE_BOX)

static void
update (JmpMainBar *self)
{
  g_autofree char *reason = jmp_status_obstacle (self->session);
  g_autofree char *button = jmp_status_button (self->session);

  jmp_names_set_button_label (self->install, button);
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL);
  if (reason != NULL)
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (self->install), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->install),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
jmp_main_bar_dispose (GObject *object)
{
  JmpMainBar *self = JMP_MAIN_BAR (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_MAIN_BAR);
  G_OBJECT_CLASS (jmp_main_bar_parent_class)->dispose (object);
}

static void
jmp_main_bar_class_init (JmpMainBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_main_bar_dispose;
  g_type_ensure (JMP_TYPE_WRAP_BOX);
  gtk_widget_class_set_css_name (widget_class, "mainbar");
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("board/main-bar.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpMainBar, install);
  gtk_widget_class_bind_template_child (widget_class, JmpMainBar, reason);
}

static void
jmp_main_bar_init (JmpMainBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_tidy (GTK_WIDGET (self));
}

/**
 * jmp_main_bar_set_session:
 * @self: a bar
 * @session: a board's session
 *
 * Says whose state it shows; once.
 */
void
jmp_main_bar_set_session (JmpMainBar *self, JmpSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
