/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "board/status-pill.h"

#include "draw/resource.h"

struct _JmpStatusPill {
  GtkWidget parent;

  /* Template widgets */
  GtkImage *icon;
  GtkLabel *text;

  gboolean compact;
};

G_DEFINE_FINAL_TYPE (JmpStatusPill, jmp_status_pill, GTK_TYPE_WIDGET)

enum {
  PROP_COMPACT = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
jmp_status_pill_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JmpStatusPill *self = JMP_STATUS_PILL (object);

  if (id != PROP_COMPACT) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  self->compact = g_value_get_boolean (value);
  gtk_widget_set_visible (GTK_WIDGET (self->text), !self->compact);
}

static void
jmp_status_pill_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id != PROP_COMPACT) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  g_value_set_boolean (value, JMP_STATUS_PILL (object)->compact);
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
  object_class->get_property = jmp_status_pill_get_property;
  object_class->set_property = jmp_status_pill_set_property;
  /* Only the symbol, where there is no room for the words. */
  props[PROP_COMPACT] = g_param_spec_boolean (
      "compact", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
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
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), status->text);
  gtk_widget_set_css_classes (GTK_WIDGET (self), classes);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, status->text, -1);
}
