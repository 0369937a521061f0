/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "draw/text-layout.h"

struct _JmpTextLayout {
  GtkLayoutManager parent;

  /* Owned references */
  GtkLayoutManager *inner; /* the box's own; NULL for a label, which has none */
};

G_DEFINE_FINAL_TYPE (JmpTextLayout, jmp_text_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
jmp_text_layout_get_request_mode (GtkLayoutManager *layout, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The width is the same for every height. */
static void
jmp_text_layout_measure (GtkLayoutManager *layout,
                         GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  JmpTextLayout *self = JMP_TEXT_LAYOUT (layout);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    for_size = -1;
  if (self->inner != NULL)
    gtk_layout_manager_measure (self->inner,
                                widget,
                                orientation,
                                for_size,
                                minimum,
                                natural,
                                minimum_baseline,
                                natural_baseline);
  else
    GTK_WIDGET_GET_CLASS (widget)->measure (
        widget, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

static void
jmp_text_layout_allocate (
    GtkLayoutManager *layout, GtkWidget *widget, int width, int height, int baseline)
{
  JmpTextLayout *self = JMP_TEXT_LAYOUT (layout);

  if (self->inner != NULL)
    gtk_layout_manager_allocate (self->inner, widget, width, height, baseline);
  else
    GTK_WIDGET_GET_CLASS (widget)->size_allocate (widget, width, height, baseline);
}

static void
jmp_text_layout_dispose (GObject *object)
{
  g_clear_object (&JMP_TEXT_LAYOUT (object)->inner);
  G_OBJECT_CLASS (jmp_text_layout_parent_class)->dispose (object);
}

static void
jmp_text_layout_class_init (JmpTextLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_text_layout_dispose;
  layout_class->get_request_mode = jmp_text_layout_get_request_mode;
  layout_class->measure = jmp_text_layout_measure;
  layout_class->allocate = jmp_text_layout_allocate;
}

static void
jmp_text_layout_init (JmpTextLayout *self)
{
}

static gboolean
is_box (GtkWidget *widget, GtkOrientation orientation)
{
  return GTK_IS_BOX (widget) && GTK_IS_BOX_LAYOUT (gtk_widget_get_layout_manager (widget))
         && gtk_orientable_get_orientation (GTK_ORIENTABLE (widget)) == orientation;
}

static void
wrap_layout (GtkWidget *widget)
{
  GtkLayoutManager *inner = gtk_widget_get_layout_manager (widget);
  JmpTextLayout *self = g_object_new (JMP_TYPE_TEXT_LAYOUT, NULL);

  self->inner = inner != NULL ? g_object_ref (inner) : NULL;
  gtk_widget_set_layout_manager (widget, GTK_LAYOUT_MANAGER (self));
}

static gboolean
wraps (GtkWidget *widget)
{
  return is_box (widget, GTK_ORIENTATION_VERTICAL)
         || (GTK_IS_LABEL (widget) && gtk_label_get_wrap (GTK_LABEL (widget))
             && gtk_widget_get_layout_manager (widget) == NULL);
}

/* Where several things wrap beside each other, the box needs the answers to share its width fairly. */
static GtkWidget *
find_only_one (GtkWidget *box)
{
  GtkWidget *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (!wraps (child))
      continue;
    if (found != NULL)
      return NULL;
    found = child;
  }
  return found;
}

/**
 * jmp_text_layout_use:
 * @root: a widget
 *
 * Gives what wraps in a horizontal box in @root, and is the only such thing there, a width that does not
 * depend on its height; inside of rows too. What stands beside it and could be narrower than it likes is not
 * made so. The spacing of a vertical box there cannot be changed after that.
 */
void
jmp_text_layout_use (GtkWidget *root)
{
  GtkWidget *text = is_box (root, GTK_ORIENTATION_HORIZONTAL) ? find_only_one (root) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    jmp_text_layout_use (child);
  if (text != NULL)
    wrap_layout (text);
}
