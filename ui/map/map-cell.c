/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-cell.h"

#include "map/map-box.h"
#include "map/map-details.h"
#include "map/map-resource.h"
#include "map/map-text.h"

#include <math.h>

/* Natural width of a box of 1 KiB in pixels. Widths grow with the fourth root of the size: 128 KiB is
 * then 3.4 times as wide, and 1 MiB 5.7 times. */
#define WIDTH_OF_KIB 22.0
#define MAX_WIDTH    200.0
/* Letters of a name that a box makes room for, at least. */
#define MAX_HEADING 14

struct _JmpMapCell {
  GtkWidget parent_instance;

  JmpMapRegion *region;
  GtkWidget *details;

  GtkLabel *heading;
  JmpMapBox *box;
  GtkLabel *address;
};

G_DEFINE_FINAL_TYPE (JmpMapCell, jmp_map_cell, GTK_TYPE_WIDGET)

static void
show_details (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JmpMapCell *self = JMP_MAP_CELL (widget);

  if (self->details == NULL) {
    self->details = jmp_map_details_new ();
    jmp_map_details_set_region (JMP_MAP_DETAILS (self->details), self->region);
    gtk_widget_set_parent (self->details, widget);
  }
  jmp_map_details_popup (JMP_MAP_DETAILS (self->details));
}

static void
copy_range (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JmpMapCell *self = JMP_MAP_CELL (widget);
  g_autofree char *range = jmp_map_text_range (jmp_map_region_get_span (self->region));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), range);
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, JmpMapCell *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (!gtk_widget_contains (widget, x, y))
    return;
  gtk_widget_grab_focus (widget);
  gtk_widget_activate_action (widget, "map.show-details", NULL);
}

static gboolean
jmp_map_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *text = jmp_map_region_dup_tooltip (JMP_MAP_CELL (widget)->region);

  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
update_label (JmpMapCell *self)
{
  g_autofree char *label = jmp_map_region_dup_label (self->region);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
state_changed_cb (JmpMapCell *self)
{
  const JmpMapSpan *span = jmp_map_region_get_span (self->region);

  jmp_map_box_set_state (self->box,
                         jmp_map_region_get_state (self->region),
                         jmp_map_text_protection (span->access) != NULL);
  jmp_map_box_set_keeps (self->box, span->kept_bytes > 0);
  update_label (self);
}

static void
fraction_changed_cb (JmpMapCell *self)
{
  jmp_map_box_set_fraction (self->box, jmp_map_region_get_fraction (self->region));
}

static void
set_region (JmpMapCell *self, JmpMapRegion *region)
{
  const JmpMapSpan *span = jmp_map_region_get_span (region);
  g_autofree char *size = jmp_map_text_cell_size (span);
  g_autofree char *address = jmp_map_text_cell_address (span);
  double kib = (double)jmp_map_span_size (span) / 1024;

  self->region = g_object_ref (region);
  jmp_map_box_set_text (self->box, size);
  jmp_map_box_set_weight (self->box, (int)MIN (WIDTH_OF_KIB * sqrt (sqrt (kib)), MAX_WIDTH));
  gtk_label_set_text (self->address, address);
  g_signal_connect_object (
      region, "notify::state-text", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      region, "notify::fraction", G_CALLBACK (fraction_changed_cb), self, G_CONNECT_SWAPPED);
  state_changed_cb (self);
  fraction_changed_cb (self);
}

static void
jmp_map_cell_dispose (GObject *object)
{
  JmpMapCell *self = JMP_MAP_CELL (object);

  /* A popover that is shown when its parent goes is never freed by GTK 4.8. */
  if (self->details != NULL)
    gtk_widget_set_visible (self->details, FALSE);
  g_clear_pointer (&self->details, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_MAP_CELL);
  G_OBJECT_CLASS (jmp_map_cell_parent_class)->dispose (object);
}

static void
jmp_map_cell_finalize (GObject *object)
{
  g_clear_object (&JMP_MAP_CELL (object)->region);
  G_OBJECT_CLASS (jmp_map_cell_parent_class)->finalize (object);
}

static void
add_key (GtkWidgetClass *class, guint key, GdkModifierType modifiers, const char *action)
{
  gtk_widget_class_add_binding_action (class, key, modifiers, action, NULL);
}

static void
jmp_map_cell_class_init (JmpMapCellClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = jmp_map_cell_dispose;
  object_class->finalize = jmp_map_cell_finalize;
  widget_class->query_tooltip = jmp_map_cell_query_tooltip;

  g_type_ensure (JMP_TYPE_MAP_BOX);
  gtk_widget_class_set_css_name (widget_class, "mapcell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_MAP_RESOURCE "/map-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, JmpMapCell, heading);
  gtk_widget_class_bind_template_child (widget_class, JmpMapCell, box);
  gtk_widget_class_bind_template_child (widget_class, JmpMapCell, address);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);

  gtk_widget_class_install_action (widget_class, "map.show-details", NULL, show_details);
  gtk_widget_class_install_action (widget_class, "map.copy-range", NULL, copy_range);
  add_key (widget_class, GDK_KEY_Return, 0, "map.show-details");
  add_key (widget_class, GDK_KEY_ISO_Enter, 0, "map.show-details");
  add_key (widget_class, GDK_KEY_KP_Enter, 0, "map.show-details");
  add_key (widget_class, GDK_KEY_space, 0, "map.show-details");
  add_key (widget_class, GDK_KEY_KP_Space, 0, "map.show-details");
  add_key (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "map.copy-range");
}

static void
jmp_map_cell_init (JmpMapCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Addresses grow from left to right in every language. */
  gtk_widget_set_direction (GTK_WIDGET (self->address), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->heading), GTK_TEXT_DIR_LTR);
}

/**
 * jmp_map_cell_new:
 * @region: what it shows
 *
 * Makes the widget of a region.
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *
jmp_map_cell_new (JmpMapRegion *region)
{
  JmpMapCell *self = g_object_new (JMP_TYPE_MAP_CELL, NULL);

  set_region (self, region);
  return GTK_WIDGET (self);
}

/**
 * jmp_map_cell_get_region:
 * @self: a cell
 *
 * Returns: (transfer none): what it shows
 */
JmpMapRegion *
jmp_map_cell_get_region (JmpMapCell *self)
{
  g_return_val_if_fail (JMP_IS_MAP_CELL (self), NULL);
  return self->region;
}

/**
 * jmp_map_cell_set_heading:
 * @self: a cell
 * @heading: (nullable): a name
 *
 * Sets what stands over the box.
 */
void
jmp_map_cell_set_heading (JmpMapCell *self, const char *heading)
{
  gboolean is_long = heading != NULL && g_utf8_strlen (heading, -1) > MAX_HEADING;

  g_return_if_fail (JMP_IS_MAP_CELL (self));
  gtk_label_set_text (self->heading, heading != NULL ? heading : "");
  gtk_label_set_ellipsize (self->heading, is_long ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (self->heading, is_long ? MAX_HEADING : -1);
  gtk_widget_set_visible (GTK_WIDGET (self->heading), heading != NULL);
}
