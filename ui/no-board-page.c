/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "no-board-page.h"

#include "names.h"
#include "resource.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _JmpNoBoardPage {
  GtkWidget parent;

  /* Template widgets */
  GtkWidget *scroller;
  AdwActionRow *file_row;
  GtkWidget *waiting;
  GtkWidget *usb_problem;
  AdwActionRow *usb_problem_row;
  GtkWidget *practice;
};

G_DEFINE_FINAL_TYPE (JmpNoBoardPage, jmp_no_board_page, GTK_TYPE_WIDGET)

static void
jmp_no_board_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JMP_TYPE_NO_BOARD_PAGE);
  G_OBJECT_CLASS (jmp_no_board_page_parent_class)->dispose (object);
}

static gboolean
jmp_no_board_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (JMP_NO_BOARD_PAGE (widget)->practice);
}

static void
jmp_no_board_page_class_init (JmpNoBoardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_no_board_page_dispose;
  widget_class->grab_focus = jmp_no_board_page_grab_focus;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("no-board-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, file_row);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, usb_problem);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, usb_problem_row);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, practice);
}

static void
jmp_no_board_page_init (JmpNoBoardPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_tidy (GTK_WIDGET (self));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Connect a Board"), -1);
}

/**
 * jmp_no_board_page_new:
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
jmp_no_board_page_new (void)
{
  return g_object_new (JMP_TYPE_NO_BOARD_PAGE, NULL);
}

/**
 * jmp_no_board_page_set_usb_problem:
 * @self: a page
 * @problem: (nullable): why no board on USB can be seen
 *
 * Says why waiting is in vain, instead of waiting.
 */
void
jmp_no_board_page_set_usb_problem (JmpNoBoardPage *self, const GError *problem)
{
  gtk_widget_set_visible (self->waiting, problem == NULL);
  gtk_widget_set_visible (self->usb_problem, problem != NULL);
  if (problem != NULL) {
    g_autofree char *details = g_utf8_make_valid (problem->message, -1);
    g_autofree char *text = g_strdup_printf (_ ("Practice boards work without it. Details: %s"),
                                             details);

    adw_action_row_set_subtitle (self->usb_problem_row, text);
  }
}

/**
 * jmp_no_board_page_set_file:
 * @self: a page
 * @file: (nullable): a firmware file that waits for a board
 *
 * Shows that the file is not forgotten.
 */
void
jmp_no_board_page_set_file (JmpNoBoardPage *self, GFile *file)
{
  g_autofree char *base = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->file_row), name != NULL);
  if (name != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), name);
}
