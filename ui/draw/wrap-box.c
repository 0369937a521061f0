/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "draw/wrap-box.h"

#define COLUMN_SPACING 12
#define ROW_SPACING    9

struct _JmpWrapBox {
  GtkWidget parent;
};

G_DEFINE_FINAL_TYPE (JmpWrapBox, jmp_wrap_box, GTK_TYPE_WIDGET)

/* The children of one row: from @first up to, but not including, @end. */
typedef struct {
  GtkWidget *first;
  GtkWidget *end;
  int width;
  int height;
} Row;

static void
measure_child (GtkWidget *child, int *minimum, int *natural)
{
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
}

/* What a child gets in a row of @width: all that it likes, unless that is more than the row. */
static int
width_of (GtkWidget *child, int width)
{
  int minimum, natural;

  measure_child (child, &minimum, &natural);
  return MAX (minimum, MIN (natural, width));
}

/* The row that begins with @first, at most @width wide unless one child alone is wider. */
static Row
find_row (GtkWidget *first, int width)
{
  Row row = { .first = first };
  GtkWidget *child;

  for (child = first; child != NULL; child = gtk_widget_get_next_sibling (child)) {
    int child_width, child_height, with;

    if (!gtk_widget_should_layout (child))
      continue;
    child_width = width_of (child, width);
    with = row.width > 0 ? row.width + COLUMN_SPACING + child_width : child_width;
    if (row.width > 0 && with > width)
      break;
    gtk_widget_measure (
        child, GTK_ORIENTATION_VERTICAL, child_width, NULL, &child_height, NULL, NULL);
    row.width = with;
    row.height = MAX (row.height, child_height);
  }
  row.end = child;
  return row;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int child_minimum, child_natural;

    if (!gtk_widget_should_layout (child))
      continue;
    measure_child (child, &child_minimum, &child_natural);
    *minimum = MAX (*minimum, child_minimum);
    *natural += child_natural + (*natural > 0 ? COLUMN_SPACING : 0);
  }
}

static int
measure_height (GtkWidget *widget, int width)
{
  int height = 0;
  Row row;

  for (GtkWidget *first = gtk_widget_get_first_child (widget); first != NULL; first = row.end) {
    row = find_row (first, width);
    if (row.height > 0)
      height += row.height + (height > 0 ? ROW_SPACING : 0);
  }
  return height;
}

static void
jmp_wrap_box_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  int min_width, nat_width;

  measure_width (widget, &min_width, &nat_width);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = min_width;
    *natural = nat_width;
  } else {
    *minimum = *natural = measure_height (widget, for_size >= 0 ? for_size : nat_width);
  }
}

static void
allocate_row (GtkWidget *widget, const Row *row, int width, int y)
{
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = MAX (0, (width - row->width) / 2);

  for (GtkWidget *child = row->first; child != row->end;
       child = gtk_widget_get_next_sibling (child)) {
    GtkAllocation place = { .y = y, .height = row->height };

    if (!gtk_widget_should_layout (child))
      continue;
    place.width = width_of (child, width);
    place.x = rtl ? width - x - place.width : x;
    gtk_widget_size_allocate (child, &place, -1);
    x += place.width + COLUMN_SPACING;
  }
}

static void
jmp_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  int y = 0;
  Row row;

  for (GtkWidget *first = gtk_widget_get_first_child (widget); first != NULL; first = row.end) {
    row = find_row (first, width);
    allocate_row (widget, &row, width, y);
    y += row.height + ROW_SPACING;
  }
}

static GtkSizeRequestMode
jmp_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
jmp_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (jmp_wrap_box_parent_class)->dispose (object);
}

static void
jmp_wrap_box_class_init (JmpWrapBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_wrap_box_dispose;
  widget_class->measure = jmp_wrap_box_measure;
  widget_class->size_allocate = jmp_wrap_box_size_allocate;
  widget_class->get_request_mode = jmp_wrap_box_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
jmp_wrap_box_init (JmpWrapBox *self)
{
}
