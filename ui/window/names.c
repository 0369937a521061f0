/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "window/names.h"

/* A button that is not part of a row. */
static gboolean
stands_alone (GtkWidget *button)
{
  return gtk_widget_has_css_class (button, "pill")
         || gtk_widget_has_css_class (button, "suggested-action");
}

/**
 * jmp_names_tidy:
 * @root: a widget
 *
 * Lets every button in @root that has a label with a mnemonic be named by what can be read on it, once,
 * and the label of one that stands alone take more than one line where it must.
 */
void
jmp_names_tidy (GtkWidget *root)
{
  GtkWidget *text = GTK_IS_BUTTON (root) ? gtk_button_get_child (GTK_BUTTON (root)) : NULL;

  if (GTK_IS_LABEL (text) && stands_alone (root)) {
    gtk_label_set_wrap (GTK_LABEL (text), TRUE);
    gtk_label_set_justify (GTK_LABEL (text), GTK_JUSTIFY_CENTER);
  }
  if (GTK_IS_BUTTON (root) && gtk_button_get_label (GTK_BUTTON (root)) != NULL
      && gtk_button_get_use_underline (GTK_BUTTON (root)))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    jmp_names_tidy (child);
}

/**
 * jmp_names_set_button_label:
 * @button: a button
 * @label: its label, with a mnemonic
 *
 * Changes the label, and keeps the name clean.
 */
void
jmp_names_set_button_label (GtkButton *button, const char *label)
{
  if (g_strcmp0 (gtk_button_get_label (button), label) == 0)
    return;
  gtk_button_set_label (button, label);
  jmp_names_tidy (GTK_WIDGET (button));
}

/**
 * jmp_names_label_entry_row:
 * @row: an #AdwEntryRow with a title
 *
 * Names what has the focus in @row by its title, which libadwaita 1.2 forgets.
 */
void
jmp_names_label_entry_row (GtkWidget *row)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (row));
  g_autofree char *title = NULL;

  g_object_get (row, "title", &title, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}
