/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "picture.h"

#include <string.h>

static void
add (GtkSnapshot *snapshot, GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);

  gdk_paintable_snapshot (
      paintable, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
}

/* A pop-over is a surface of its own, placed by its parent's. */
static void
add_popovers (GtkSnapshot *snapshot, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_POPOVER (widget)) {
    GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (widget));
    double dx, dy;

    gtk_native_get_surface_transform (GTK_NATIVE (widget), &dx, &dy);
    gtk_snapshot_save (snapshot);
    gtk_snapshot_translate (
        snapshot,
        &GRAPHENE_POINT_INIT ((float)(gdk_popup_get_position_x (GDK_POPUP (surface)) + dx),
                              (float)(gdk_popup_get_position_y (GDK_POPUP (surface)) + dy)));
    add (snapshot, widget);
    add_popovers (snapshot, gtk_popover_get_child (GTK_POPOVER (widget)));
    gtk_snapshot_restore (snapshot);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_popovers (snapshot, child);
}

/* Whatever stands out over the window's edge is cut off. */
GdkTexture *
picture_of (GtkWidget *window)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  const float width = (float)gtk_widget_get_width (window);
  const float height = (float)gtk_widget_get_height (window);

  add (snapshot, window);
  add_popovers (snapshot, window);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)),
                                      node,
                                      &GRAPHENE_RECT_INIT (0, 0, width, height));
}

gboolean
picture_is_blank (GdkTexture *texture)
{
  const gsize width = (gsize)gdk_texture_get_width (texture);
  const gsize height = (gsize)gdk_texture_get_height (texture);
  const gsize size = 4 * width * height;
  g_autofree guint8 *data = g_malloc (size);

  gdk_texture_download (texture, data, 4 * width);
  /* Every pixel is the one in the middle's neighbour: nothing is on it. */
  return memcmp (data + size / 2, data + size / 2 + 4, size / 2 - 4) == 0;
}
