/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/status-pill.h"

#include "draw/resource.h"

struct _JmpStatusPill {
  GtkWidget parent;

  /* Template widgets */
  GtkImage *icon;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (JmpStatusPill, jmp_status_pill, GTK_TYPE_WIDGET)

/* Asked for when it is needed: a text that is set beforehand makes GTK ask the display each time where the
 * pointer is, and this one changes with every step of the work. */
static gboolean
jmp_status_pill_query_tooltip (
    GtkWidget *widget, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (JMP_STATUS_PILL (widget)->text));
  return TRUE;
}

static void
jmp_status_pill_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JMP_TYPE_STATUS_PILL);
  G_OBJECT_CLASS (jmp_status_pill_parent_class)->dispose (object);
}

static void
jmp_status_pill_class_init (JmpStatusPillClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = jmp_status_pill_dispose;
  widget_class->query_tooltip = jmp_status_pill_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "statuspill");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("board/status-pill.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpStatusPill, icon);
  gtk_widget_class_bind_template_child (widget_class, JmpStatusPill, text);
}

static void
jmp_status_pill_init (JmpStatusPill *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/**
 * jmp_status_pill_set:
 * @self: a pill
 * @status: what it shows
 *
 * Shows @status.
 */
void
jmp_status_pill_set (JmpStatusPill *self, const JmpStatus *status)
{
  const char *classes[] = { status->style[0] != '\0' ? status->style : NULL, NULL };

  gtk_image_set_from_icon_name (self->icon, status->icon);
  gtk_label_set_text (self->text, status->text);
  gtk_widget_set_css_classes (GTK_WIDGET (self), classes);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, status->text, -1);
}
