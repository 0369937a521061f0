/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-flow.h"

/* How far beyond their natural width children are stretched to fill a row. */
#define MAX_STRETCH 2.0

struct _JmpMapFlow {
  GtkLayoutManager parent_instance;

  int column_spacing;
  int row_spacing;
  gboolean spread;
};

G_DEFINE_FINAL_TYPE (JmpMapFlow, jmp_map_flow, GTK_TYPE_LAYOUT_MANAGER)

typedef struct {
  GtkWidget *widget;
  int min;
  int natural;
  gboolean expands;
  int x;
  int width;
  gboolean starts_row;
} Item;

static GArray *
collect (JmpMapFlow *self, GtkWidget *widget)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (Item));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    Item item = { .widget = child,
                  .expands = gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL) };

    if (!gtk_widget_should_layout (child))
      continue;
    gtk_widget_measure (
        child, GTK_ORIENTATION_HORIZONTAL, -1, &item.min, &item.natural, NULL, NULL);
    g_array_append_val (items, item);
  }
  return items;
}

/* Boxes may be squeezed to fit; words are not, as long as the row is theirs alone. What expands has a
 * row for itself. */
static int
wanted (JmpMapFlow *self, const Item *item, int width)
{
  if (item->expands)
    return MAX (item->min, width);
  return self->spread ? item->min : MAX (item->min, MIN (item->natural, width));
}

static guint
break_rows (JmpMapFlow *self, GArray *items, int width)
{
  guint rows = 0;
  int used = 0;

  for (guint i = 0; i < items->len; i++) {
    Item *item = &g_array_index (items, Item, i);
    int want = wanted (self, item, width);

    item->starts_row = i == 0 || used + self->column_spacing + want > width;
    rows += item->starts_row;
    used = item->starts_row ? want : used + self->column_spacing + want;
  }
  return rows;
}

/* As few rows as possible, and those about equally full. */
static void
break_rows_evenly (JmpMapFlow *self, GArray *items, int width)
{
  guint rows = break_rows (self, items, width);
  int low = 0;
  int high = width;

  if (!self->spread || rows < 2)
    return;
  while (low + 1 < high) {
    int middle = low + (high - low) / 2;

    if (break_rows (self, items, middle) > rows)
      low = middle;
    else
      high = middle;
  }
  break_rows (self, items, high);
}

static guint
row_end (GArray *items, guint begin)
{
  guint end = begin + 1;

  while (end < items->len && !g_array_index (items, Item, end).starts_row)
    end++;
  return end;
}

/* What a child gets of @room when children want @min to @natural together. */
static double
share (JmpMapFlow *self, const Item *item, double room, int min, int natural)
{
  if (!self->spread)
    return MIN (wanted (self, item, (int)room), room);
  if (room >= natural)
    return item->natural * MIN (room / MAX (natural, 1), MAX_STRETCH);
  if (natural == min || room <= min)
    return item->min;
  return item->min + (item->natural - item->min) * (room - min) / (natural - min);
}

static void
place_row (JmpMapFlow *self, GArray *items, guint begin, guint end, int width)
{
  double room = width - self->column_spacing * ((double)end - begin - 1);
  double x = 0;
  int min = 0;
  int natural = 0;

  for (guint i = begin; i < end; i++) {
    min += g_array_index (items, Item, i).min;
    natural += g_array_index (items, Item, i).natural;
  }
  for (guint i = begin; i < end; i++) {
    Item *item = &g_array_index (items, Item, i);
    double next = x + share (self, item, room, min, natural);

    item->x = (int)(x + 0.5);
    item->width = MAX ((int)(next + 0.5) - item->x, item->min);
    x = next + self->column_spacing;
  }
}

static int
row_height (GArray *items, guint begin, guint end)
{
  int height = 0;

  for (guint i = begin; i < end; i++) {
    const Item *item = &g_array_index (items, Item, i);
    int natural = 0;

    gtk_widget_measure (
        item->widget, GTK_ORIENTATION_VERTICAL, item->width, NULL, &natural, NULL, NULL);
    height = MAX (height, natural);
  }
  return height;
}

static void
measure_width (JmpMapFlow *self, GArray *items, int *minimum, int *natural)
{
  for (guint i = 0; i < items->len; i++) {
    const Item *item = &g_array_index (items, Item, i);

    *minimum = MAX (*minimum, item->min);
    *natural += item->natural + (i > 0 ? self->column_spacing : 0);
  }
}

static void
jmp_map_flow_measure (GtkLayoutManager *manager,
                      GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  JmpMapFlow *self = JMP_MAP_FLOW (manager);
  g_autoptr (GArray) items = collect (self, widget);
  int min_width = 0;
  int nat_width = 0;
  int height = 0;

  *minimum_baseline = *natural_baseline = -1;
  measure_width (self, items, &min_width, &nat_width);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = min_width;
    *natural = nat_width;
    return;
  }
  if (for_size < 0)
    for_size = nat_width;
  break_rows_evenly (self, items, for_size);
  for (guint i = 0, end; i < items->len; i = end) {
    end = row_end (items, i);
    place_row (self, items, i, end, for_size);
    height += row_height (items, i, end) + (i > 0 ? self->row_spacing : 0);
  }
  *minimum = *natural = height;
}

static void
jmp_map_flow_allocate (
    GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  JmpMapFlow *self = JMP_MAP_FLOW (manager);
  g_autoptr (GArray) items = collect (self, widget);
  gboolean mirror = !self->spread && gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = 0;

  break_rows_evenly (self, items, width);
  for (guint i = 0, end; i < items->len; i = end) {
    int row;

    end = row_end (items, i);
    place_row (self, items, i, end, width);
    row = row_height (items, i, end);
    for (guint j = i; j < end; j++) {
      const Item *item = &g_array_index (items, Item, j);
      int x = mirror ? width - item->x - item->width : item->x;

      gtk_widget_size_allocate (item->widget, &(GtkAllocation){ x, y, item->width, row }, -1);
    }
    y += row + self->row_spacing;
  }
}

static GtkSizeRequestMode
jmp_map_flow_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
jmp_map_flow_class_init (JmpMapFlowClass *class)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (class);

  layout_class->get_request_mode = jmp_map_flow_get_request_mode;
  layout_class->measure = jmp_map_flow_measure;
  layout_class->allocate = jmp_map_flow_allocate;
}

static void
jmp_map_flow_init (JmpMapFlow *self)
{
}

/**
 * jmp_map_flow_new:
 * @column_spacing: pixels between two children
 * @row_spacing: pixels between two rows
 * @spread: whether rows are filled, from left to right in every language
 *
 * Makes a layout of rows.
 *
 * Returns: (transfer full): the layout
 */
GtkLayoutManager *
jmp_map_flow_new (int column_spacing, int row_spacing, gboolean spread)
{
  JmpMapFlow *self = g_object_new (JMP_TYPE_MAP_FLOW, NULL);

  self->column_spacing = column_spacing;
  self->row_spacing = row_spacing;
  self->spread = spread;
  return GTK_LAYOUT_MANAGER (self);
}
