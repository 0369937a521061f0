/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-table.h"

#include "map/map-details.h"
#include "map/map-resource.h"

struct _JmpMapTable {
  GtkWidget parent_instance;

  GtkWidget *details;

  GtkWidget *scroller;
  GtkSingleSelection *selection;
  GtkColumnViewColumn *memory_column;
};

G_DEFINE_FINAL_TYPE (JmpMapTable, jmp_map_table, GTK_TYPE_WIDGET)

/* The row that was activated has the focus. */
static void
point_at_focus (JmpMapTable *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self))
      || !gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->details),
                               &(GdkRectangle){ (int)bounds.origin.x,
                                                (int)bounds.origin.y,
                                                (int)MIN (bounds.size.width, 240),
                                                (int)bounds.size.height });
}

static void
activate_cb (GtkColumnView *view, guint position, JmpMapTable *self)
{
  g_autoptr (JmpMapRegion)
      region = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (region == NULL)
    return;
  if (self->details == NULL) {
    self->details = jmp_map_details_new ();
    gtk_widget_set_parent (self->details, GTK_WIDGET (self));
  }
  jmp_map_details_set_region (JMP_MAP_DETAILS (self->details), region);
  point_at_focus (self);
  jmp_map_details_popup (JMP_MAP_DETAILS (self->details));
}

static void
jmp_map_table_dispose (GObject *object)
{
  JmpMapTable *self = JMP_MAP_TABLE (object);

  /* A popover that is shown when its parent goes is never freed by GTK 4.8. */
  if (self->details != NULL)
    gtk_widget_set_visible (self->details, FALSE);
  g_clear_pointer (&self->details, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_MAP_TABLE);
  G_OBJECT_CLASS (jmp_map_table_parent_class)->dispose (object);
}

static void
jmp_map_table_class_init (JmpMapTableClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = jmp_map_table_dispose;
  /* The rows' expressions name it. */
  g_type_ensure (JMP_TYPE_MAP_REGION);
  gtk_widget_class_set_css_name (widget_class, "maptable");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_MAP_RESOURCE "/map-table.ui");
  gtk_widget_class_bind_template_child (widget_class, JmpMapTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, JmpMapTable, selection);
  gtk_widget_class_bind_template_child (widget_class, JmpMapTable, memory_column);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
jmp_map_table_init (JmpMapTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jmp_map_table_set_regions:
 * @self: a table
 * @regions: (element-type JmpMapRegion): its rows
 *
 * Sets what the table shows.
 */
void
jmp_map_table_set_regions (JmpMapTable *self, GListModel *regions)
{
  g_return_if_fail (JMP_IS_MAP_TABLE (self));
  gtk_single_selection_set_model (self->selection, regions);
}

/**
 * jmp_map_table_show_memory:
 * @self: a table
 * @show: whether there is more than one memory
 *
 * Sets whether a column says which memory a row belongs to.
 */
void
jmp_map_table_show_memory (JmpMapTable *self, gboolean show)
{
  g_return_if_fail (JMP_IS_MAP_TABLE (self));
  gtk_column_view_column_set_visible (self->memory_column, show);
}

/**
 * jmp_map_table_get_rows:
 * @self: a table
 *
 * Returns: (transfer none) (element-type JmpMapRegion): what the table shows
 */
GListModel *
jmp_map_table_get_rows (JmpMapTable *self)
{
  g_return_val_if_fail (JMP_IS_MAP_TABLE (self), NULL);
  return G_LIST_MODEL (self->selection);
}
