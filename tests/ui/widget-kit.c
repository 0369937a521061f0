/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "widget-kit.h"

#include <string.h>

/* The smallest screen that the window is made for. */
#define SMALL_WIDTH  360
#define SMALL_HEIGHT 294

typedef gboolean (*Visit) (GtkWidget *widget, gpointer user_data);

/* The first mapped widget for which @visit is true, depth first. */
static GtkWidget *
find (GtkWidget *widget, Visit visit, gpointer user_data)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (visit (widget, user_data))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, visit, user_data);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
has_text (GtkWidget *widget, gpointer user_data)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), user_data);
}

/* Whether a label somewhere below @root contains @text and can be seen. */
gboolean
kit_shows (GtkWidget *root, const char *text)
{
  return find (root, has_text, (gpointer)text) != NULL;
}

static gboolean
is_button (GtkWidget *widget, gpointer user_data)
{
  return GTK_IS_BUTTON (widget)
         && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), user_data) == 0;
}

GtkWidget *
kit_find_button (GtkWidget *root, const char *label)
{
  return find (root, is_button, (gpointer)label);
}

gboolean
kit_can_press (GtkWidget *root, const char *label)
{
  GtkWidget *button = kit_find_button (root, label);

  return button != NULL && gtk_widget_is_sensitive (button);
}

void
kit_press (GtkWidget *root, const char *label)
{
  if (!kit_can_press (root, label))
    fail_msg ("there is no button \"%s\" that can be pressed", label);
  g_signal_emit_by_name (kit_find_button (root, label), "clicked");
}

/* --- Names --- */

static gboolean
says_something (GtkWidget *widget, gpointer user_data)
{
  return GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
}

static gboolean
has_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY)
         || find (widget, says_something, NULL) != NULL;
}

/* The window itself is named by its title, scrollers are furniture. */
static gboolean
lacks_name (GtkWidget *widget, gpointer user_data)
{
  return gtk_widget_get_focusable (widget) && !GTK_IS_WINDOW (widget)
         && !GTK_IS_SCROLLED_WINDOW (widget) && !has_name (widget);
}

/* Whatever can have the focus has something that a screen reader can say. */
void
kit_assert_named (GtkWidget *root)
{
  GtkWidget *nameless = find (root, lacks_name, NULL);

  if (nameless != NULL)
    fail_msg ("a %s in a %s has no accessible name",
              G_OBJECT_TYPE_NAME (nameless),
              G_OBJECT_TYPE_NAME (gtk_widget_get_parent (nameless)));
}

void
kit_assert_small (GtkWidget *window)
{
  int width, height;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (window, GTK_ORIENTATION_VERTICAL, SMALL_WIDTH, &height, NULL, NULL, NULL);
  if (width > SMALL_WIDTH || height > SMALL_HEIGHT)
    fail_msg ("the window needs %d x %d", width, height);
}

/* --- Time --- */

static gboolean
frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  guint *frames = user_data;

  return --*frames > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
unref_frames (gpointer frames)
{
  g_rc_box_release (frames);
}

static gboolean
is_zero (gpointer user_data)
{
  return *(guint *)user_data == 0;
}

/* Lets every mapped window draw a few frames, so that sizes and focus are what a person would see. The
 * count is the callback's too: a test that fails while it waits leaves its window, which goes on drawing. */
void
kit_settle (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
    guint *frames;

    if (!gtk_widget_get_mapped (window))
      continue;
    frames = g_rc_box_new0 (guint);
    *frames = 4;
    gtk_widget_add_tick_callback (window, frame_cb, g_rc_box_acquire (frames), unref_frames);
    kit_wait (is_zero, frames);
    g_rc_box_release (frames);
  }
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *)user_data == NULL;
}

/* Takes the last reference. */
void
kit_assert_finalized (gpointer object)
{
  gpointer alive = object;

  g_object_add_weak_pointer (object, &alive);
  g_object_unref (object);
  kit_wait (is_gone, &alive);
}
