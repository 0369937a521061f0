/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "draw/picture.h"
#include "draw/resource.h"
#include "widget-kit.h"

#include <adwaita.h>
#include <glib/gstdio.h>

static char *data_folder;

/* A rendered file of one colour, as a package for a platform without SVG has it. */
static void
add_rendered (const char *file, guint32 colour)
{
  g_autofree char *folder = g_build_filename (data_folder, "jumper", "drawings", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 48, 20);

  gdk_pixbuf_fill (pixbuf, colour);
  assert_int_equal (g_mkdir_with_parents (folder, 0700), 0);
  assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
}

static guint8
first_red (GdkTexture *texture)
{
  const gsize stride = (gsize)gdk_texture_get_width (texture) * 4;
  g_autofree guint8 *pixels = g_malloc (stride * (gsize)gdk_texture_get_height (texture));

  /* Native order: blue first on the machines that run this. */
  gdk_texture_download (texture, pixels, stride);
  return pixels[G_BYTE_ORDER == G_LITTLE_ENDIAN ? 2 : 1];
}

static void
test_picture_is_drawn_at_the_width_asked_for (void **state)
{
  g_autoptr (GdkTexture) texture = jmp_picture_load ("map", 300);

  assert_true (jmp_picture_exists ("map"));
  assert_non_null (texture);
  assert_int_equal (gdk_texture_get_width (texture), 300);
  assert_int_equal (gdk_texture_get_height (texture), 125);
}

static void
test_picture_takes_the_rendered_file_where_there_is_no_drawing (void **state)
{
  g_autoptr (GdkTexture) narrow = NULL;
  g_autoptr (GdkTexture) wide = NULL;

  add_rendered ("only-rendered-light-480.png", 0x400000ff);
  add_rendered ("only-rendered-light-960.png", 0x800000ff);
  narrow = jmp_picture_load ("only-rendered", 480);
  wide = jmp_picture_load ("only-rendered", 481);
  assert_non_null (narrow);
  assert_non_null (wide);
  assert_int_equal (gdk_texture_get_width (narrow), 480);
  assert_int_equal (gdk_texture_get_width (wide), 481);
  assert_int_equal (first_red (narrow), 0x40);
  assert_int_equal (first_red (wide), 0x80);
}

static void
test_picture_takes_the_rendered_file_of_the_style (void **state)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  g_autoptr (GdkTexture) dark = NULL;

  add_rendered ("in-the-dark-light-480.png", 0x400000ff);
  add_rendered ("in-the-dark-dark-480.png", 0xc00000ff);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  dark = jmp_picture_load ("in-the-dark", 100);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  assert_non_null (dark);
  assert_int_equal (first_red (dark), 0xc0);
}

static void
test_picture_that_is_nowhere_is_none (void **state)
{
  assert_false (jmp_picture_exists ("no such drawing"));
  assert_null (jmp_picture_load ("no such drawing", 480));
}

static int
setup (void **state)
{
  jmp_resource_ensure ();
  adw_init ();
  return 0;
}

int
main (int argc, char *argv[])
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_picture_is_drawn_at_the_width_asked_for),
    cmocka_unit_test (test_picture_takes_the_rendered_file_where_there_is_no_drawing),
    cmocka_unit_test (test_picture_takes_the_rendered_file_of_the_style),
    cmocka_unit_test (test_picture_that_is_nowhere_is_none),
  };
  const char *usual = g_getenv ("XDG_DATA_DIRS");
  g_autofree char *folders = NULL;

  /* Before anything asks where data stands: GLib looks once. */
  data_folder = g_build_filename (g_get_home_dir (), "rendered", NULL);
  folders = g_strjoin (G_SEARCHPATH_SEPARATOR_S,
                       data_folder,
                       usual != NULL ? usual : "/usr/local/share:/usr/share",
                       NULL);
  g_setenv ("XDG_DATA_DIRS", folders, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/picture", tests, setup, NULL);
}
