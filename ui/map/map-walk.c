/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-walk.h"

#include "map/map-cell.h"

#include <math.h>

/* What is looked for: a cell in the nearest row on one side of @from, and in it the nearest one. */
typedef struct {
  GtkWidget *strips;
  int way;
  graphene_rect_t from;
  GtkWidget *best;
  float best_rows;
  float best_columns;
} Walk;

static float
bottom (const graphene_rect_t *rect)
{
  return rect->origin.y + rect->size.height;
}

static float
middle (const graphene_rect_t *rect)
{
  return rect->origin.x + rect->size.width / 2;
}

/* Rows are told apart by their lower edges: a name over a cell makes it higher, not lower. */
static void
consider (Walk *walk, GtkWidget *cell)
{
  graphene_rect_t bounds;
  float rows, columns;

  if (!gtk_widget_compute_bounds (cell, walk->strips, &bounds))
    return;
  rows = (bottom (&bounds) - bottom (&walk->from)) * (float)walk->way;
  columns = fabsf (middle (&bounds) - middle (&walk->from));
  if (rows < 1)
    return;
  if (walk->best != NULL && rows > walk->best_rows - 1
      && (rows > walk->best_rows + 1 || columns >= walk->best_columns))
    return;
  walk->best = cell;
  walk->best_rows = rows;
  walk->best_columns = columns;
}

static void
look_in (Walk *walk, GtkWidget *widget)
{
  if (JMP_IS_MAP_CELL (widget)) {
    consider (walk, widget);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_in (walk, child);
}

/**
 * jmp_map_walk:
 * @strips: the widget that all strips are in
 * @way: -1 for up, 1 for down
 *
 * Moves the focus from the cell that has it to the nearest one in the row above or below, of the same
 * strip or the next. Stays where there is none.
 */
void
jmp_map_walk (GtkWidget *strips, int way)
{
  GtkRoot *root = gtk_widget_get_root (strips);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  Walk walk = { .strips = strips, .way = way };

  if (focus == NULL || !JMP_IS_MAP_CELL (focus)
      || !gtk_widget_compute_bounds (focus, strips, &walk.from))
    return;
  look_in (&walk, strips);
  if (walk.best != NULL)
    gtk_widget_grab_focus (walk.best);
}
