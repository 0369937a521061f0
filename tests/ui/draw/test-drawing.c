/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "draw/drawing.h"
#include "draw/resource.h"
#include "widget-kit.h"

#include <adwaita.h>
#include <string.h>

#define FOLDER JMP_RESOURCE ("drawings/")

static char *
read_drawing (const char *name)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize size;
  const char *data;

  assert_non_null (bytes);
  data = g_bytes_get_data (bytes, &size);
  return g_strndup (data, size);
}

/* Every colour that a drawing uses is one of the family, and the drawing by itself is the light one. */
static void
test_drawing_colours_are_in_every_palette (void **state)
{
  g_auto (GStrv)
      names = g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *light = read_drawing ("light.css");
  g_autofree char *dark = read_drawing ("dark.css");
  guint n = 0;

  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *drawing = NULL;
    g_autoptr (GRegex)
        rule = g_regex_new ("^ +(\\.[a-z-]+ \\{) .*\\}$", G_REGEX_MULTILINE, 0, NULL);
    g_autoptr (GMatchInfo) match = NULL;

    if (!g_str_has_suffix (names[i], ".svg"))
      continue;
    drawing = read_drawing (names[i]);
    for (g_regex_match (rule, drawing, 0, &match); g_match_info_matches (match);
         g_match_info_next (match, NULL)) {
      g_autofree char *whole = g_match_info_fetch (match, 0);
      g_autofree char *class = g_match_info_fetch (match, 1);

      if (strstr (light, g_strstrip (whole)) == NULL)
        fail_msg ("%s: %s is not the light one", names[i], whole);
      if (strstr (dark, class) == NULL)
        fail_msg ("%s: %s is not in the dark", names[i], class);
    }
    n++;
  }
  assert_in_range (n, 11, 100);
}

static void
test_drawing_has_the_shape_of_its_place (void **state)
{
  GtkWidget *drawing = g_object_ref_sink (jmp_drawing_new ());
  int minimum, natural;

  jmp_drawing_set (JMP_DRAWING (drawing), "map", "A map.");
  gtk_widget_measure (drawing, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  assert_int_equal (minimum, 120);
  assert_int_equal (natural, 480);
  gtk_widget_measure (drawing, GTK_ORIENTATION_VERTICAL, 240, &minimum, &natural, NULL, NULL);
  assert_int_equal (natural, 100);
  gtk_widget_measure (drawing, GTK_ORIENTATION_VERTICAL, 2000, &minimum, &natural, NULL, NULL);
  assert_int_equal (natural, 200);
  jmp_drawing_set_height (JMP_DRAWING (drawing), 50);
  gtk_widget_measure (drawing, GTK_ORIENTATION_VERTICAL, 2000, &minimum, &natural, NULL, NULL);
  assert_int_equal (natural, 50);
  kit_assert_finalized (drawing);
}

static void
test_drawing_is_told_to_those_who_cannot_see_it (void **state)
{
  GtkWidget *drawing = g_object_ref_sink (jmp_drawing_new ());
  g_autofree char *wrong = NULL;

  jmp_drawing_set (JMP_DRAWING (drawing), "map", "A map.");
  wrong = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (drawing), GTK_ACCESSIBLE_PROPERTY_LABEL, "A map.");
  assert_null (wrong);
  assert_int_equal (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (drawing)),
                    GTK_ACCESSIBLE_ROLE_IMG);
  kit_assert_finalized (drawing);
}

/* A drawing that is missing leaves its place empty. */
static void
test_drawing_changes_with_the_style (void **state)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  GtkWidget *window = g_object_ref (adw_window_new ());
  GtkWidget *drawing = jmp_drawing_new ();

  jmp_drawing_set (JMP_DRAWING (drawing), "map", "A map.");
  adw_window_set_content (ADW_WINDOW (window), drawing);
  gtk_window_present (GTK_WINDOW (window));
  kit_settle ();
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  kit_settle ();
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  jmp_drawing_set (JMP_DRAWING (drawing), "no such drawing", "Nothing.");
  assert_false (jmp_drawing_is_there (JMP_DRAWING (drawing)));
  kit_settle ();
  gtk_window_destroy (GTK_WINDOW (window));
  kit_assert_finalized (window);
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
    cmocka_unit_test (test_drawing_colours_are_in_every_palette),
    cmocka_unit_test (test_drawing_has_the_shape_of_its_place),
    cmocka_unit_test (test_drawing_is_told_to_those_who_cannot_see_it),
    cmocka_unit_test (test_drawing_changes_with_the_style),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/drawing", tests, setup, NULL);
}
