/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "draw/picture.h"

#include "draw/resource.h"

#include <adwaita.h>
#include <string.h>

/* How wide the files of packaging/windows/render-drawings are; at least one is as wide as asked, or wider. */
static const int rendered_widths[] = { 480, 960 };

static GBytes *
find_file (const char *name, const char *ending)
{
  g_autofree char *path = g_strconcat (JMP_RESOURCE ("drawings/"), name, ending, NULL);

  return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static void
append_file (GByteArray *text, const char *name)
{
  g_autoptr (GBytes) bytes = find_file (name, ".css");
  gsize size = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (data != NULL)
    g_byte_array_append (text, data, (guint)size);
}

static void
append_text (GByteArray *text, const char *more)
{
  g_byte_array_append (text, (const guint8 *)more, (guint)strlen (more));
}

/* The style's colours stand behind the drawing's own, which are those of the light style, and so win. */
static GBytes *
colour (GBytes *drawing)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  const gboolean dark = adw_style_manager_get_dark (style);
  GByteArray *text = g_byte_array_new ();
  gsize size;
  const char *data = g_bytes_get_data (drawing, &size);
  const char *end = g_strrstr_len (data, (gssize)size, "</svg>");

  g_byte_array_append (text, (const guint8 *)data, (guint)(end != NULL ? end - data : 0));
  append_text (text, "<style>");
  append_file (text, dark ? "dark" : "light");
  if (adw_style_manager_get_high_contrast (style))
    append_file (text, dark ? "contrast-dark" : "contrast-light");
  append_text (text, "</style></svg>");
  return g_byte_array_free_to_bytes (text);
}

/* %NULL where the platform cannot read SVG. */
static GdkPixbuf *
load_drawing (const char *name, int width)
{
  g_autoptr (GBytes) drawing = find_file (name, ".svg");
  g_autoptr (GBytes) coloured = drawing != NULL ? colour (drawing) : NULL;
  g_autoptr (GInputStream) stream = NULL;

  if (coloured == NULL)
    return NULL;
  stream = g_memory_input_stream_new_from_bytes (coloured);
  return gdk_pixbuf_new_from_stream_at_scale (stream, width, -1, TRUE, NULL, NULL);
}

static char *
rendered_name (const char *name, int width)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  const gboolean dark = adw_style_manager_get_dark (style);
  const char *palette = dark ? "dark" : "light";
  int rendered = rendered_widths[0];

  for (guint i = 1; i < G_N_ELEMENTS (rendered_widths) && rendered < width; i++)
    rendered = rendered_widths[i];
  if (adw_style_manager_get_high_contrast (style))
    palette = dark ? "contrast-dark" : "contrast-light";
  return g_strdup_printf ("%s-%s-%d.png", name, palette, rendered);
}

/* A package for a platform without SVG has every drawing as a file, in each style. */
static GdkPixbuf *
load_rendered (const char *name, int width)
{
  const char *const *folders = g_get_system_data_dirs ();
  g_autofree char *file = rendered_name (name, width);

  for (guint i = 0; folders[i] != NULL; i++) {
    g_autofree char *path = g_build_filename (folders[i], "jumper", "drawings", file, NULL);
    GdkPixbuf *pixbuf = gdk_pixbuf_new_from_file_at_scale (path, width, -1, TRUE, NULL);

    if (pixbuf != NULL)
      return pixbuf;
  }
  return NULL;
}

/**
 * jmp_picture_exists:
 * @name: a file of data/drawings, without its ending
 *
 * Returns: whether there is such a drawing
 */
gboolean
jmp_picture_exists (const char *name)
{
  g_autoptr (GBytes) file = find_file (name, ".svg");

  return file != NULL;
}

/**
 * jmp_picture_load:
 * @name: a file of data/drawings, without its ending
 * @width: in pixels of the device, at least 1
 *
 * Renders a drawing; where the platform cannot read SVG, takes the file that was rendered beforehand.
 *
 * Returns: (transfer full) (nullable): the picture, or %NULL where neither can be read: a drawing
 *   explains, it is never the only explanation
 */
GdkTexture *
jmp_picture_load (const char *name, int width)
{
  g_autoptr (GdkPixbuf) pixbuf = load_drawing (name, width);

  if (pixbuf == NULL)
    pixbuf = load_rendered (name, width);
  return pixbuf != NULL ? gdk_texture_new_for_pixbuf (pixbuf) : NULL;
}
