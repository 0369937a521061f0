/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "guide/checklist.h"

#include "draw/resource.h"
#include "words/words-platform.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _JmpChecklist {
  GtkWidget parent;

  /* Template widgets */
  GtkWidget *content;
  GtkWidget *cable;
  AdwActionRow *steps;
  GtkWidget *connector;
  AdwActionRow *system;
  GtkWidget *next;
};

G_DEFINE_FINAL_TYPE (JmpChecklist, jmp_checklist, GTK_TYPE_WIDGET)

static gboolean
jmp_checklist_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (JMP_CHECKLIST (widget)->cable);
}

static void
jmp_checklist_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JMP_TYPE_CHECKLIST);
  G_OBJECT_CLASS (jmp_checklist_parent_class)->dispose (object);
}

static void
jmp_checklist_class_init (JmpChecklistClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_checklist_dispose;
  widget_class->grab_focus = jmp_checklist_grab_focus;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("guide/checklist.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpChecklist, content);
  gtk_widget_class_bind_template_child (widget_class, JmpChecklist, cable);
  gtk_widget_class_bind_template_child (widget_class, JmpChecklist, steps);
  gtk_widget_class_bind_template_child (widget_class, JmpChecklist, connector);
  gtk_widget_class_bind_template_child (widget_class, JmpChecklist, system);
  gtk_widget_class_bind_template_child (widget_class, JmpChecklist, next);
}

static void
jmp_checklist_init (JmpChecklist *self)
{
  const gboolean has_help = jmp_words_platform.rule != NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->system),
                                 _ (jmp_words_platform.check_title));
  adw_action_row_set_subtitle (self->system, _ (jmp_words_platform.check_advice));
  if (has_help)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->system), "win.permission");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->system), has_help);
  gtk_widget_set_visible (self->next, has_help);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("It Does Not Appear"), -1);
  jmp_checklist_set (self, jmp_guide_way_get_usual (), FALSE);
}

/**
 * jmp_checklist_new:
 *
 * Returns: (transfer floating): the list, for a pyboard
 */
GtkWidget *
jmp_checklist_new (void)
{
  return g_object_new (JMP_TYPE_CHECKLIST, NULL);
}

/**
 * jmp_checklist_set:
 * @self: a checklist
 * @way: what the person did
 * @may_have_stlink: whether the board has two USB connectors, for all that is known
 *
 * Says what concerns this board.
 */
void
jmp_checklist_set (JmpChecklist *self, const JmpGuideWay *way, gboolean may_have_stlink)
{
  adw_action_row_set_subtitle (self->steps, _ (way->check));
  gtk_widget_set_visible (self->connector, may_have_stlink);
}
