/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The window where there is little room. */

#include "assert-text.h"

#include "board/status-pill.h"
#include "desk-kit.h"

#define NARROW_WIDTH  360
#define NARROW_HEIGHT 660

static Desk *
desk_new_of_width (int width)
{
  Desk *desk = desk_new (NULL);

  gtk_window_set_default_size (GTK_WINDOW (desk->widget), width, NARROW_HEIGHT);
  kit_settle ();
  desk_plug (desk);
  desk_open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  kit_settle ();
  return desk;
}

/* How often the page says how the board is, in words that can be seen. */
static guint
count_pills (GtkWidget *widget)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return 0;
  if (JMP_IS_STATUS_PILL (widget))
    return kit_shows (widget, "Ready to update");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_pills (child);
  return n;
}

static void
test_narrow_window_says_in_words_how_the_board_is (void **state)
{
  const int widths[] = { NARROW_WIDTH, 1180 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    g_autoptr (Desk) desk = desk_new_of_width (widths[i]);

    print_message ("  %d\n", widths[i]);
    assert_int_equal (adw_leaflet_get_folded (desk->window->leaflet), widths[i] == NARROW_WIDTH);
    assert_int_equal (count_pills (desk->window->board_pane), 1);
    desk_assert_good_page (desk);
  }
}

int
main (int argc, char *argv[])
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_narrow_window_says_in_words_how_the_board_is),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/window/narrow", tests, desk_set_up, desk_tear_down);
}
