/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "draw/drawing.h"

#include "draw/picture.h"

#include <adwaita.h>

/* Every drawing is made for this canvas. */
#define CANVAS_WIDTH  480
#define CANVAS_HEIGHT 200
#define LEAST_WIDTH   120
#define MOST_PIXELS   4096

struct _JmpDrawing {
  GtkWidget parent;

  char *name;
  int height;          /* the most that it takes */
  GdkTexture *texture; /* NULL: to be made */
  int texture_width;   /* in device pixels */
};

G_DEFINE_FINAL_TYPE (JmpDrawing, jmp_drawing, GTK_TYPE_WIDGET)

static void
forget_texture (JmpDrawing *self)
{
  g_clear_object (&self->texture);
  self->texture_width = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_style (JmpDrawing *self)
{
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    gtk_widget_add_css_class (GTK_WIDGET (self), "high-contrast");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "high-contrast");
  forget_texture (self);
}

static void
jmp_drawing_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JmpDrawing *self = JMP_DRAWING (widget);
  const int place = gtk_widget_get_width (widget);
  const int room = gtk_widget_get_height (widget);
  const int width = MIN (place, room * CANVAS_WIDTH / CANVAS_HEIGHT);
  const int height = width * CANVAS_HEIGHT / CANVAS_WIDTH;
  const int pixels = MIN (width * gtk_widget_get_scale_factor (widget), MOST_PIXELS);

  if (self->name == NULL || pixels <= 0)
    return;
  if (self->texture_width != pixels) {
    g_clear_object (&self->texture);
    self->texture = jmp_picture_load (self->name, pixels);
    self->texture_width = pixels;
  }
  if (self->texture == NULL)
    return;
  gtk_snapshot_append_texture (
      snapshot,
      self->texture,
      &GRAPHENE_RECT_INIT (
          (float)(place - width) / 2, (float)(room - height) / 2, (float)width, (float)height));
}

static GtkSizeRequestMode
jmp_drawing_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
jmp_drawing_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  JmpDrawing *self = JMP_DRAWING (widget);
  const int widest = self->height * CANVAS_WIDTH / CANVAS_HEIGHT;

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = MIN (LEAST_WIDTH, widest);
    *natural = widest;
  } else {
    const int width = for_size < 0 ? widest : MIN (for_size, widest);

    *minimum = *natural = width * CANVAS_HEIGHT / CANVAS_WIDTH;
  }
}

static void
jmp_drawing_finalize (GObject *object)
{
  JmpDrawing *self = JMP_DRAWING (object);

  g_clear_object (&self->texture);
  g_free (self->name);
  G_OBJECT_CLASS (jmp_drawing_parent_class)->finalize (object);
}

static void
jmp_drawing_class_init (JmpDrawingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jmp_drawing_finalize;
  widget_class->snapshot = jmp_drawing_snapshot;
  widget_class->measure = jmp_drawing_measure;
  widget_class->get_request_mode = jmp_drawing_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "drawing");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
jmp_drawing_init (JmpDrawing *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->height = CANVAS_HEIGHT;
  g_signal_connect_object (
      style, "notify::dark", G_CALLBACK (update_style), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      style, "notify::high-contrast", G_CALLBACK (update_style), self, G_CONNECT_SWAPPED);
  update_style (self);
}

/**
 * jmp_drawing_new:
 *
 * Returns: (transfer floating): a place for a drawing, empty
 */
GtkWidget *
jmp_drawing_new (void)
{
  return g_object_new (JMP_TYPE_DRAWING, NULL);
}

/**
 * jmp_drawing_set:
 * @self: a drawing
 * @name: which file of data/drawings, without its ending
 * @description: what can be seen, for somebody who cannot
 *
 * Shows a drawing.
 */
void
jmp_drawing_set (JmpDrawing *self, const char *name, const char *description)
{
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  forget_texture (self);
}

/**
 * jmp_drawing_set_height:
 * @self: a drawing
 * @height: the most that it takes, in pixels, at least 1
 *
 * Makes it smaller or larger than it was drawn.
 */
void
jmp_drawing_set_height (JmpDrawing *self, int height)
{
  self->height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * jmp_drawing_is_there:
 * @self: a drawing
 *
 * Returns: whether it has a drawing that exists
 */
gboolean
jmp_drawing_is_there (JmpDrawing *self)
{
  return self->name != NULL && jmp_picture_exists (self->name);
}
