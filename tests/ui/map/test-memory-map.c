/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "map/map-box.h"
#include "map/map-details.h"
#include "map/map-legend.h"
#include "map/map-strip.h"
#include "map/map-table.h"
#include "memory-map-kit.h"

#include <adwaita.h>

#define IMAGE "0 0x08000000 15000; 0 0x08020000 200000"

static int
min_width (GtkWidget *widget)
{
  int width = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

static int
height_at (GtkWidget *widget, int width)
{
  int height = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

/* The words of all states in the order of the map, runs of equal ones counted. */
static char *
states_of (JmpMemoryMap *map)
{
  g_autoptr (GPtrArray) cells = kit_find_all (GTK_WIDGET (map), JMP_TYPE_MAP_CELL);
  GString *text = g_string_new (NULL);

  for (guint i = 0, end; i < cells->len; i = end) {
    JmpMapState now = jmp_map_region_get_state (jmp_map_cell_get_region (cells->pdata[i]));

    for (end = i + 1;
         end < cells->len
         && jmp_map_region_get_state (jmp_map_cell_get_region (cells->pdata[end])) == now;
         end++)
      ;
    g_string_append_printf (
        text, "%s%u %s", i > 0 ? ", " : "", end - i, jmp_map_state_to_string (now));
  }
  return g_string_free (text, FALSE);
}

static void
assert_states (JmpMemoryMap *map, const char *expected)
{
  g_autofree char *text = states_of (map);

  assert_string_equal (text, expected);
}

static void
test_map_lives_and_dies (void **state)
{
  GtkWidget *map = g_object_ref_sink (jmp_memory_map_new ());
  g_autoptr (JmpDfuInfo) info = kit_info_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = kit_flash_new (info, IMAGE);

  jmp_memory_map_set_info (JMP_MEMORY_MAP (map), info);
  jmp_memory_map_set_plan (JMP_MEMORY_MAP (map), plan);
  jmp_memory_map_set_info (JMP_MEMORY_MAP (map), NULL);
  jmp_memory_map_set_info (JMP_MEMORY_MAP (map), info);
  g_assert_finalize_object (map);
}

static void
test_map_parts_live_and_die (void **state)
{
  const GType types[] = { JMP_TYPE_MAP_BOX,   JMP_TYPE_MAP_DETAILS, JMP_TYPE_MAP_LEGEND,
                          JMP_TYPE_MAP_STRIP, JMP_TYPE_MAP_TABLE,   JMP_TYPE_MEMORY_MAP };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_assert_finalize_object (g_object_ref_sink (g_object_new (types[i], NULL)));
}

static void
test_map_shows_every_layout (void **state)
{
  static const struct {
    const char *name;
    const char *const *layouts;
    guint strips;
    guint cells;
  } cases[] = {
    { "pyboard", kit_pyboard, 4, 12 + 1 + 2 + 1 },
    { "H743", kit_h743, 1, 16 },
    { "F072", kit_f072, 1, 16 },
    { "Spark Core", kit_spark, 2, 34 + 16 },
    { "PYBD", kit_pybd, 1, 44 },
    { "overlapping zones", kit_overlap, 1, 9 },
    { "AT32", kit_at32, 1, 24 },
    { "no map", kit_none, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (MapFixture) f = map_fixture_new (cases[i].layouts);
    g_autoptr (GPtrArray) strips = kit_find_all (GTK_WIDGET (f.map), JMP_TYPE_MAP_STRIP);
    g_autoptr (GPtrArray) cells = kit_find_all (GTK_WIDGET (f.map), JMP_TYPE_MAP_CELL);

    if (strips->len != cases[i].strips || cells->len != cases[i].cells)
      fail_msg ("%s: %u strips, %u cells", cases[i].name, strips->len, cells->len);
  }
}

static void
test_map_follows_the_work (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, IMAGE);
  JmpProgress progress;
  JmpOutcome outcome = { .state = JMP_BOARD_STARTED };

  assert_states (f.map, "16 idle");
  jmp_memory_map_set_plan (f.map, plan);
  assert_states (f.map, "1 will-rewrite, 4 untouched, 2 will-rewrite, 9 untouched");

  progress = kit_progress (plan, 1, 0x08020000, 0x20000);
  jmp_memory_map_set_progress (f.map, &progress);
  assert_states (f.map, "1 erased, 4 untouched, 1 erasing, 1 will-rewrite, 9 untouched");

  progress = kit_progress (
      plan, kit_find_step (plan, JMP_STEP_WRITE, 0x08020000), 0x08030000, 2048);
  jmp_memory_map_set_progress (f.map, &progress);
  assert_states (f.map, "1 written, 4 untouched, 1 writing, 1 erased, 9 untouched");

  jmp_plan_get_steps (plan, &outcome.step);
  jmp_memory_map_set_outcome (f.map, &outcome);
  assert_states (f.map, "1 verified, 4 untouched, 2 verified, 9 untouched");

  jmp_memory_map_set_progress (f.map, &progress);
  assert_states (f.map, "1 verified, 4 untouched, 2 verified, 9 untouched");

  jmp_memory_map_clear_work (f.map);
  assert_states (f.map, "16 idle");
}

static void
test_map_keeps_widgets_and_focus_over_a_plan (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, IMAGE);
  JmpMapCell *cell = kit_nth_cell (f.map, 5);

  gtk_widget_grab_focus (GTK_WIDGET (cell));
  jmp_memory_map_set_plan (f.map, plan);
  assert_ptr_equal (kit_nth_cell (f.map, 5), cell);
  assert_ptr_equal (gtk_window_get_focus (GTK_WINDOW (f.window)), cell);
}

static void
test_map_splits_groups_for_a_plan (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_f072);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, "0 0x08000000 91857");

  jmp_memory_map_set_plan (f.map, plan);
  assert_states (f.map, "12 will-rewrite, 5 untouched");
  jmp_memory_map_clear_work (f.map);
  assert_states (f.map, "16 idle");
}

static void
test_map_names_say_what_is_kept (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, IMAGE);

  jmp_memory_map_set_names (f.map, kit_names, G_N_ELEMENTS (kit_names));
  jmp_memory_map_set_plan (f.map, plan);
  kit_settle ();
  assert_states (f.map, "1 will-rewrite, 4 kept, 2 will-rewrite, 9 untouched");
  assert_true (kit_shows_text (GTK_WIDGET (f.map), "PYBFLASH"));
  assert_true (kit_shows_text (GTK_WIDGET (f.map), "kept: your files · 4 sectors, 112 KiB"));
  jmp_memory_map_set_info (f.map, f.info);
  kit_settle ();
  assert_false (kit_shows_text (GTK_WIDGET (f.map), "PYBFLASH"));
}

static void
test_map_legend_lists_what_occurs (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_spark);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, "0 0x08005000 70000");
  GtkWidget *map = GTK_WIDGET (f.map);

  assert_true (kit_shows_text (map, "read-only · 20 sectors, 20 KiB"));
  jmp_memory_map_set_plan (f.map, plan);
  kit_settle ();
  assert_true (kit_shows_text (map, "will be erased and written · 69 sectors, 69 KiB"));
  assert_true (kit_shows_text (map, "not touched · 571 sectors, 2107 KiB"));
  assert_false (kit_shows_text (map, "written and verified · 69 sectors, 69 KiB"));
}

/* What stands under the map does not move up and down while work goes on. */
static void
test_map_legend_does_not_shrink_during_work (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, IMAGE);
  g_autoptr (GPtrArray) legends = kit_find_all (GTK_WIDGET (f.map), JMP_TYPE_MAP_LEGEND);
  guint n = 0;
  const JmpStep *steps = jmp_plan_get_steps (plan, &n);
  JmpOutcome outcome = { .state = JMP_BOARD_STARTED, .step = n };
  int highest = 0;

  gtk_window_set_default_size (GTK_WINDOW (f.window), 500, 500);
  jmp_memory_map_set_plan (f.map, plan);
  for (guint i = 0; i < n; i++) {
    JmpProgress progress = kit_progress (plan, i, steps[i].address, MIN (steps[i].length, 2048));
    int height;

    gtk_test_widget_wait_for_draw (legends->pdata[0]);
    jmp_memory_map_set_progress (f.map, &progress);
    height = height_at (legends->pdata[0], 500);
    assert_true (height >= highest);
    highest = height;
  }
  jmp_memory_map_set_outcome (f.map, &outcome);
  assert_true (height_at (legends->pdata[0], 500) < highest);
}

static void
test_map_shows_details (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, IMAGE);
  JmpOutcome outcome = {
    .state = JMP_BOARD_DIFFERS,
    .has_difference = TRUE,
    .difference_address = 0x08020010,
    .expected = 0x12,
    .found = 0xFF,
  };
  GtkWidget *cell = GTK_WIDGET (kit_nth_cell (f.map, 5));
  g_autoptr (GPtrArray) details = NULL;

  outcome.step = kit_find_step (plan, JMP_STEP_VERIFY, 0x08020000);
  jmp_memory_map_set_plan (f.map, plan);
  jmp_memory_map_set_outcome (f.map, &outcome);
  gtk_widget_grab_focus (cell);
  assert_true (gtk_widget_activate_action (cell, "map.show-details", NULL));
  kit_settle ();

  details = kit_find_all (cell, JMP_TYPE_MAP_DETAILS);
  assert_int_equal (details->len, 1);
  assert_true (gtk_widget_get_visible (details->pdata[0]));
  assert_true (kit_shows_text (details->pdata[0], "\u20660x08020000–0x0803FFFF\u2069"));
  assert_true (kit_shows_text (details->pdata[0], "read, erase, write"));
  assert_true (kit_shows_text (details->pdata[0], "differs from the file"));
  assert_true (GTK_IS_BUTTON (gtk_window_get_focus (GTK_WINDOW (f.window))));
  assert_true (kit_shows_text (
      details->pdata[0],
      jmp_map_region_get_difference (jmp_map_cell_get_region (JMP_MAP_CELL (cell)))));
  assert_non_null (strstr (
      jmp_map_region_get_difference (jmp_map_cell_get_region (JMP_MAP_CELL (cell))), "0xFF"));
}

static void
test_map_takes_shown_details_along (void **state)
{
  MapFixture f = map_fixture_new (kit_pyboard);
  GtkWidget *cell = GTK_WIDGET (kit_nth_cell (f.map, 5));
  gpointer popover = NULL;

  assert_true (gtk_widget_activate_action (cell, "map.show-details", NULL));
  kit_settle ();
  {
    g_autoptr (GPtrArray) details = kit_find_all (cell, JMP_TYPE_MAP_DETAILS);

    assert_int_equal (details->len, 1);
    popover = details->pdata[0];
  }
  g_object_add_weak_pointer (popover, &popover);
  map_fixture_clear (&f);
  assert_null (popover);
}

static void
got_text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_map_copies_a_range (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_pyboard);
  GtkWidget *cell = GTK_WIDGET (kit_nth_cell (f.map, 5));
  g_autofree char *text = NULL;

  assert_true (gtk_widget_activate_action (cell, "map.copy-range", NULL));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (cell), NULL, got_text_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  assert_string_equal (text, "0x08020000–0x0803FFFF");
}

static void
test_map_fits_a_narrow_window (void **state)
{
  const char *const *const boards[] = { kit_pyboard, kit_f072, kit_spark, kit_pybd };
  static const int dpis[] = { 96, 192 };
  GtkSettings *settings = gtk_settings_get_default ();

  for (guint d = 0; d < G_N_ELEMENTS (dpis); d++) {
    g_object_set (settings, "gtk-xft-dpi", dpis[d] * 1024, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (boards); i++) {
      g_auto (MapFixture) f = map_fixture_new (boards[i]);

      assert_true (min_width (GTK_WIDGET (f.map)) <= 336);
      assert_true (height_at (GTK_WIDGET (f.map), 336) > height_at (GTK_WIDGET (f.map), 1000));
    }
  }
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

static void
test_map_larger_sectors_are_wider (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_pyboard);
  int small = gtk_widget_get_width (GTK_WIDGET (kit_nth_cell (f.map, 1)));
  int middle = gtk_widget_get_width (GTK_WIDGET (kit_nth_cell (f.map, 4)));
  int large = gtk_widget_get_width (GTK_WIDGET (kit_nth_cell (f.map, 5)));

  assert_true (small < middle && middle < large);
  assert_true (large < 3 * small);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_map_lives_and_dies),
    cmocka_unit_test (test_map_parts_live_and_die),
    cmocka_unit_test (test_map_shows_every_layout),
    cmocka_unit_test (test_map_follows_the_work),
    cmocka_unit_test (test_map_keeps_widgets_and_focus_over_a_plan),
    cmocka_unit_test (test_map_splits_groups_for_a_plan),
    cmocka_unit_test (test_map_names_say_what_is_kept),
    cmocka_unit_test (test_map_legend_lists_what_occurs),
    cmocka_unit_test (test_map_legend_does_not_shrink_during_work),
    cmocka_unit_test (test_map_shows_details),
    cmocka_unit_test (test_map_takes_shown_details_along),
    cmocka_unit_test (test_map_copies_a_range),
    cmocka_unit_test (test_map_fits_a_narrow_window),
    cmocka_unit_test (test_map_larger_sectors_are_wider),
  };

  adw_init ();
  return cmocka_run_group_tests_name ("ui/map/memory-map", tests, NULL, NULL);
}
