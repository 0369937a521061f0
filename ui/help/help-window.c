/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "help/help-window.h"

#include "draw/drawing.h"
#include "draw/resource.h"
#include "help/help-topics.h"

#include <glib/gi18n-lib.h>

struct _JmpHelpWindow {
  AdwWindow parent;

  /* Template widgets */
  AdwLeaflet *leaflet;
  GtkWidget *topics_pane;
  GtkListBox *topics;
  GtkWidget *page_pane;
  AdwWindowTitle *page_title;
  GtkScrolledWindow *scroller;
  GtkBox *page;
};

G_DEFINE_FINAL_TYPE (JmpHelpWindow, jmp_help_window, ADW_TYPE_WINDOW)

/* --- A page --- */

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static GtkWidget *
make_heading (const char *text)
{
  GtkWidget *label = g_object_new (
      GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "label", text, NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static GtkWidget *
make_point (const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *bullet = g_object_new (
      GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "label", "•", NULL);

  gtk_widget_set_valign (bullet, GTK_ALIGN_START);
  gtk_widget_add_css_class (bullet, "dim-label");
  gtk_box_append (GTK_BOX (box), bullet);
  gtk_box_append (GTK_BOX (box), make_label (text));
  return box;
}

static GtkWidget *
make_part (const JmpHelpPart *part)
{
  switch (part->kind) {
  case JMP_HELP_HEADING:
    return make_heading (_ (part->text));
  case JMP_HELP_POINT:
    return make_point (_ (part->text));
  case JMP_HELP_TEXT:
    return make_label (_ (part->text));
  }
  return make_label (_ (part->text));
}

static GtkWidget *
make_drawing (const JmpHelpTopic *topic)
{
  GtkWidget *drawing = jmp_drawing_new ();

  jmp_drawing_set (JMP_DRAWING (drawing), topic->drawing, _ (topic->picture));
  jmp_drawing_set_height (JMP_DRAWING (drawing), 170);
  gtk_widget_add_css_class (drawing, "drawing-card");
  return drawing;
}

static void
fill_page (JmpHelpWindow *self, const JmpHelpTopic *topic)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->page))) != NULL)
    gtk_box_remove (self->page, child);
  gtk_box_append (self->page, make_drawing (topic));
  for (const JmpHelpPart *part = topic->parts; part->text != NULL; part++)
    gtk_box_append (self->page, make_part (part));
  adw_window_title_set_title (self->page_title, _ (topic->title));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (topic->title), -1);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/* --- The list --- */

static void
row_selected_cb (JmpHelpWindow *self, GtkListBoxRow *row)
{
  guint n;
  const JmpHelpTopic *topics = jmp_help_topics (&n);
  const int i = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (i >= 0 && (guint)i < n)
    fill_page (self, &topics[i]);
}

static void
row_activated_cb (JmpHelpWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->page_pane);
  gtk_widget_grab_focus (GTK_WIDGET (self->scroller));
}

static void
fill_topics (JmpHelpWindow *self)
{
  guint n;
  const JmpHelpTopic *topics = jmp_help_topics (&n);

  for (guint i = 0; i < n; i++) {
    GtkWidget *label = make_label (_ (topics[i].title));
    GtkWidget *row = gtk_list_box_row_new ();

    gtk_widget_set_margin_top (label, 9);
    gtk_widget_set_margin_bottom (label, 9);
    gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (topics[i].title), -1);
    gtk_list_box_append (self->topics, row);
  }
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpHelpWindow *self = JMP_HELP_WINDOW (widget);

  if (!adw_leaflet_get_folded (self->leaflet))
    return;
  adw_leaflet_set_visible_child (self->leaflet, self->topics_pane);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->topics)));
}

/* --- The object --- */

static void
jmp_help_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JMP_TYPE_HELP_WINDOW);
  G_OBJECT_CLASS (jmp_help_window_parent_class)->dispose (object);
}

static void
jmp_help_window_class_init (JmpHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_help_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("help/help-window.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpHelpWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, JmpHelpWindow, topics_pane);
  gtk_widget_class_bind_template_child (widget_class, JmpHelpWindow, topics);
  gtk_widget_class_bind_template_child (widget_class, JmpHelpWindow, page_pane);
  gtk_widget_class_bind_template_child (widget_class, JmpHelpWindow, page_title);
  gtk_widget_class_bind_template_child (widget_class, JmpHelpWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, JmpHelpWindow, page);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "help.back", NULL, back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "help.back", NULL);
}

static void
jmp_help_window_init (JmpHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_topics (self);
  gtk_list_box_select_row (self->topics, gtk_list_box_get_row_at_index (self->topics, 0));
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->topics, 0)));
}

/**
 * jmp_help_window_new:
 * @parent: (nullable): the window that it belongs to
 *
 * Returns: (transfer floating): the help, at its first topic
 */
GtkWidget *
jmp_help_window_new (GtkWindow *parent)
{
  return g_object_new (JMP_TYPE_HELP_WINDOW, "transient-for", parent, NULL);
}

/**
 * jmp_help_window_show_topic:
 * @self: the help
 * @name: the name of a topic
 *
 * Shows a page.
 */
void
jmp_help_window_show_topic (JmpHelpWindow *self, const char *name)
{
  guint n;
  const JmpHelpTopic *topics = jmp_help_topics (&n);

  for (guint i = 0; i < n; i++) {
    if (!g_str_equal (topics[i].name, name))
      continue;
    gtk_list_box_select_row (self->topics, gtk_list_box_get_row_at_index (self->topics, (int)i));
    adw_leaflet_set_visible_child (self->leaflet, self->page_pane);
  }
}
