/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-strip.h"

#include "map/map-flow.h"

#define COLUMN_SPACING 3
#define ROW_SPACING    9

struct _JmpMapStrip {
  GtkWidget parent_instance;

  /* (weak): the cell that has the focus, or had it last. */
  GtkWidget *current;
};

G_DEFINE_FINAL_TYPE (JmpMapStrip, jmp_map_strip, GTK_TYPE_WIDGET)

static GtkWidget *
current_cell (JmpMapStrip *self)
{
  return self->current != NULL ? self->current : gtk_widget_get_first_child (GTK_WIDGET (self));
}

static void
focus_cell (GtkWidget *cell)
{
  if (cell != NULL)
    gtk_widget_grab_focus (cell);
}

static void
next_region (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *cell = current_cell (JMP_MAP_STRIP (widget));

  focus_cell (cell != NULL ? gtk_widget_get_next_sibling (cell) : NULL);
}

static void
previous_region (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *cell = current_cell (JMP_MAP_STRIP (widget));

  focus_cell (cell != NULL ? gtk_widget_get_prev_sibling (cell) : NULL);
}

static void
first_region (GtkWidget *widget, const char *action, GVariant *parameter)
{
  focus_cell (gtk_widget_get_first_child (widget));
}

static void
last_region (GtkWidget *widget, const char *action, GVariant *parameter)
{
  focus_cell (gtk_widget_get_last_child (widget));
}

/* Moving in from outside comes back to where one was; moving on leaves the strip. */
static gboolean
jmp_map_strip_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *cell = current_cell (JMP_MAP_STRIP (widget));

  if (cell == NULL || gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return gtk_widget_grab_focus (cell);
}

static void
jmp_map_strip_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  if (child != NULL)
    g_set_weak_pointer (&JMP_MAP_STRIP (widget)->current, child);
  GTK_WIDGET_CLASS (jmp_map_strip_parent_class)->set_focus_child (widget, child);
}

static void
jmp_map_strip_dispose (GObject *object)
{
  JmpMapStrip *self = JMP_MAP_STRIP (object);
  GtkWidget *child;

  g_clear_weak_pointer (&self->current);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (jmp_map_strip_parent_class)->dispose (object);
}

static void
add_key (GtkWidgetClass *class, guint key, guint keypad_key, const char *action)
{
  gtk_widget_class_add_binding_action (class, key, 0, action, NULL);
  gtk_widget_class_add_binding_action (class, keypad_key, 0, action, NULL);
}

static void
jmp_map_strip_class_init (JmpMapStripClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = jmp_map_strip_dispose;
  widget_class->focus = jmp_map_strip_focus;
  widget_class->set_focus_child = jmp_map_strip_set_focus_child;

  gtk_widget_class_set_css_name (widget_class, "mapstrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "map.next-region", NULL, next_region);
  gtk_widget_class_install_action (widget_class, "map.previous-region", NULL, previous_region);
  gtk_widget_class_install_action (widget_class, "map.first-region", NULL, first_region);
  gtk_widget_class_install_action (widget_class, "map.last-region", NULL, last_region);
  /* Left and right are addresses here, not reading direction. */
  add_key (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, "map.next-region");
  add_key (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, "map.previous-region");
  add_key (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, "map.first-region");
  add_key (widget_class, GDK_KEY_End, GDK_KEY_KP_End, "map.last-region");
}

static void
jmp_map_strip_init (JmpMapStrip *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self),
                                 jmp_map_flow_new (COLUMN_SPACING, ROW_SPACING, TRUE));
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
}

/**
 * jmp_map_strip_new:
 * @regions: (element-type JmpMapRegion): regions by address, those of other alt settings too
 * @alt: the alt setting to show
 *
 * Makes the strip of one alt setting. A name stands over the first region that has it; memory that
 * does not follow what is before it begins after a gap.
 *
 * Returns: (transfer floating): the strip
 */
GtkWidget *
jmp_map_strip_new (GListModel *regions, guint8 alt)
{
  GtkWidget *self = g_object_new (JMP_TYPE_MAP_STRIP, NULL);
  const char *last_name = NULL;
  guint64 last_end = 0;

  for (guint i = 0; i < g_list_model_get_n_items (regions); i++) {
    g_autoptr (JmpMapRegion) region = g_list_model_get_item (regions, i);
    const JmpMapSpan *span = jmp_map_region_get_span (region);
    const char *name = jmp_map_region_get_name (region);
    GtkWidget *cell;

    if (span->alt != alt)
      continue;
    cell = jmp_map_cell_new (region);
    gtk_widget_set_parent (cell, self);
    if (g_strcmp0 (name, last_name) != 0)
      jmp_map_cell_set_heading (JMP_MAP_CELL (cell), name);
    if (last_end != 0 && span->address != last_end)
      gtk_widget_add_css_class (cell, "gap");
    last_name = name;
    last_end = jmp_map_span_end (span);
  }
  return self;
}
