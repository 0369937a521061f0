/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "board/phase-label.h"

#include "draw/resource.h"

#include <glib/gi18n-lib.h>

struct _JmpPhaseLabel {
  GtkWidget parent;

  /* Template widgets */
  GtkImage *icon;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (JmpPhaseLabel, jmp_phase_label, GTK_TYPE_WIDGET)

static const struct {
  const char *icon;
  const char *style;
  const char *spoken; /* what a screen reader says of it; %s is the phase */
} LOOK[] = {
  [JMP_PHASE_LABEL_TO_COME] = { "content-loading-symbolic",
                                "dim-label",
                                NC_ ("phase", "%s: to come") },
  [JMP_PHASE_LABEL_NOW] = { "pan-end-symbolic", NULL, NC_ ("phase", "%s: going on") },
  [JMP_PHASE_LABEL_DONE] = { "object-select-symbolic", "dim-label", NC_ ("phase", "%s: done") },
};

static void
jmp_phase_label_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JMP_TYPE_PHASE_LABEL);
  G_OBJECT_CLASS (jmp_phase_label_parent_class)->dispose (object);
}

static void
jmp_phase_label_class_init (JmpPhaseLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_phase_label_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("board/phase-label.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpPhaseLabel, icon);
  gtk_widget_class_bind_template_child (widget_class, JmpPhaseLabel, text);
}

static void
jmp_phase_label_init (JmpPhaseLabel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jmp_phase_label_new:
 * @text: what the phase is called
 *
 * Returns: (transfer floating): a label for a phase that is to come
 */
GtkWidget *
jmp_phase_label_new (const char *text)
{
  JmpPhaseLabel *self = g_object_new (JMP_TYPE_PHASE_LABEL, NULL);

  gtk_label_set_text (self->text, text);
  jmp_phase_label_set_state (self, JMP_PHASE_LABEL_TO_COME);
  return GTK_WIDGET (self);
}

/**
 * jmp_phase_label_set_state:
 * @self: a label
 * @state: how far the phase is
 *
 * Shows @state.
 */
void
jmp_phase_label_set_state (JmpPhaseLabel *self, JmpPhaseLabelState state)
{
  const char *classes[] = { LOOK[state].style, NULL };
  g_autoptr (PangoAttrList) now = pango_attr_list_new ();
  g_autoptr (GString)
      spoken = g_string_new (g_dpgettext2 (GETTEXT_PACKAGE, "phase", LOOK[state].spoken));

  g_string_replace (spoken, "%s", gtk_label_get_text (self->text), 1);
  gtk_image_set_from_icon_name (self->icon, LOOK[state].icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->text), classes);
  /* GTK 4.8 may keep the weight of a class that is gone. */
  if (state == JMP_PHASE_LABEL_NOW)
    pango_attr_list_insert (now, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  gtk_label_set_attributes (self->text, now);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken->str, -1);
}
