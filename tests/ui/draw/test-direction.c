/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "draw/direction.h"

#include <adwaita.h>

/* Where Pango would let a line run whose first letters are Latin ones. */
static gboolean
runs_from_the_right (const char *mark)
{
  g_autofree char *text = g_strconcat (mark, "Pyboard · لوحة", NULL);
  g_autoptr (GObject)
      context = G_OBJECT (pango_font_map_create_context (pango_cairo_font_map_get_default ()));
  g_autoptr (PangoLayout) layout = pango_layout_new (PANGO_CONTEXT (context));
  PangoLayoutLine *line = NULL;

  pango_layout_set_text (layout, text, -1);
  line = pango_layout_get_line_readonly (layout, 0);
  return pango_layout_line_get_resolved_direction (line) == PANGO_DIRECTION_RTL;
}

static void
test_direction_is_the_language_s (void **state)
{
  const GtkTextDirection before = gtk_widget_get_default_direction ();

  assert_false (runs_from_the_right (""));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  assert_true (runs_from_the_right (jmp_direction_mark ()));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  assert_string_equal (jmp_direction_mark (), "");
  gtk_widget_set_default_direction (before);
}

int
main (int argc, char *argv[])
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_direction_is_the_language_s),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/draw/direction", tests, NULL, NULL);
}
