/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The map by keyboard and through the accessibility bus. */

#include "assert-text.h"

#include "memory-map-kit.h"

#include <adwaita.h>

#define IMAGE "0 0x08000000 15000; 0 0x08020000 200000"

static void
test_map_keys_walk_the_regions (void **state)
{
  static const struct {
    const char *action;
    guint focus;
  } steps[] = {
    { "map.next-region", 1 },     { "map.next-region", 2 },   { "map.previous-region", 1 },
    { "map.last-region", 11 },    { "map.next-region", 11 },  { "map.first-region", 0 },
    { "map.previous-region", 0 }, { "map.region-above", 0 },  { "map.region-below", 12 },
    { "map.next-region", 12 },    { "map.region-below", 12 }, { "map.region-above", 0 },
  };
  g_auto (MapFixture) f = map_fixture_new (kit_pyboard);

  gtk_widget_grab_focus (GTK_WIDGET (kit_nth_cell (f.map, 0)));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    kit_press (&f, steps[i].action);
    kit_assert_focus (&f, steps[i].focus);
  }
}

/* In a narrow window the flash has several rows: down is the next row, not the next strip. */
static void
test_map_keys_walk_broken_rows (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_pyboard);
  graphene_rect_t from, to;
  GtkWidget *focus;

  jmp_memory_map_set_names (f.map, kit_names, G_N_ELEMENTS (kit_names));
  gtk_window_set_default_size (GTK_WINDOW (f.window), 360, 500);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f.map));
  gtk_widget_grab_focus (GTK_WIDGET (kit_nth_cell (f.map, 1)));
  kit_press (&f, "map.region-below");
  focus = gtk_window_get_focus (GTK_WINDOW (f.window));
  assert_true (JMP_IS_MAP_CELL (focus));
  assert_true (gtk_widget_compute_bounds (focus, GTK_WIDGET (f.map), &to));
  assert_true (
      gtk_widget_compute_bounds (GTK_WIDGET (kit_nth_cell (f.map, 1)), GTK_WIDGET (f.map), &from));
  assert_true (to.origin.y > from.origin.y);
  assert_int_equal (jmp_map_region_get_span (jmp_map_cell_get_region (JMP_MAP_CELL (focus)))->alt,
                    0);
  kit_press (&f, "map.region-above");
  kit_assert_focus (&f, 1);
}

static void
test_map_tab_comes_back_to_where_one_was (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_pyboard);

  gtk_widget_grab_focus (GTK_WIDGET (kit_nth_cell (f.map, 3)));
  gtk_widget_child_focus (f.window, GTK_DIR_TAB_FORWARD);
  kit_assert_focus (&f, 12);
  gtk_widget_child_focus (f.window, GTK_DIR_TAB_FORWARD);
  kit_assert_focus (&f, 13);
  gtk_widget_child_focus (f.window, GTK_DIR_TAB_BACKWARD);
  gtk_widget_child_focus (f.window, GTK_DIR_TAB_BACKWARD);
  kit_assert_focus (&f, 3);
}

static double
left_of (MapFixture *f, guint cell)
{
  graphene_rect_t bounds;

  assert_true (gtk_widget_compute_bounds (
      GTK_WIDGET (kit_nth_cell (f->map, cell)), GTK_WIDGET (f->map), &bounds));
  return bounds.origin.x;
}

static void
test_map_axis_runs_from_left_to_right (void **state)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  {
    g_auto (MapFixture) f = map_fixture_new (kit_pyboard);

    for (guint i = 1; i < 12; i++)
      assert_true (left_of (&f, i) > left_of (&f, i - 1));
    gtk_widget_grab_focus (GTK_WIDGET (kit_nth_cell (f.map, 0)));
    kit_press (&f, "map.next-region");
    kit_assert_focus (&f, 1);
  }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
assert_label (GtkWidget *widget, const char *expected)
{
  g_autofree char *wrong = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, expected);

  if (wrong != NULL)
    fail_msg ("label is %s, not \"%s\"", wrong, expected);
}

static void
test_map_every_region_has_a_label (void **state)
{
  const char *const *const boards[] = { kit_pyboard, kit_f072, kit_spark, kit_overlap };

  for (guint i = 0; i < G_N_ELEMENTS (boards); i++) {
    g_auto (MapFixture) f = map_fixture_new (boards[i]);
    g_autoptr (GPtrArray) cells = kit_find_all (GTK_WIDGET (f.map), JMP_TYPE_MAP_CELL);

    for (guint j = 0; j < cells->len; j++) {
      g_autofree char *label = jmp_map_region_dup_label (jmp_map_cell_get_region (cells->pdata[j]));

      assert_label (cells->pdata[j], label);
    }
  }
}

static void
test_map_label_changes_with_the_state (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, IMAGE);
  GtkWidget *cell = GTK_WIDGET (kit_nth_cell (f.map, 5));
  JmpProgress progress = kit_progress (
      plan, kit_find_step (plan, JMP_STEP_WRITE, 0x08020000), 0x08020000, 2048);

  assert_label (cell, "Sector 5, 128 KiB at 0x0802 0000");
  jmp_memory_map_set_plan (f.map, plan);
  assert_label (cell, "Sector 5, 128 KiB at 0x0802 0000, will be erased and written");
  jmp_memory_map_set_progress (f.map, &progress);
  assert_label (cell, "Sector 5, 128 KiB at 0x0802 0000, being written");
}

static void
count_notify_cb (GObject *object, GParamSpec *pspec, gpointer count)
{
  ++*(guint *)count;
}

static void
test_map_says_nothing_at_every_percent (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, IMAGE);
  JmpMapRegion *region = jmp_map_cell_get_region (kit_nth_cell (f.map, 5));
  guint step = kit_find_step (plan, JMP_STEP_WRITE, 0x08020000);
  guint words = 0;
  guint fractions = 0;

  jmp_memory_map_set_plan (f.map, plan);
  g_signal_connect (region, "notify::state-text", G_CALLBACK (count_notify_cb), &words);
  g_signal_connect (region, "notify::fraction", G_CALLBACK (count_notify_cb), &fractions);
  for (guint i = 0; i < 32; i++) {
    JmpProgress progress = kit_progress (plan, step, 0x08020000 + i * 2048, 2048);

    jmp_memory_map_set_progress (f.map, &progress);
  }
  assert_int_equal (words, 1);
  assert_int_equal (fractions, 32);
}

/* GTK gives a widget without a label the name of its type, unless its role only groups others. */
static void
check_named_cb (GtkWidget *widget, gpointer user_data)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  if (!g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Jmp")
      || role == GTK_ACCESSIBLE_ROLE_PRESENTATION || role == GTK_ACCESSIBLE_ROLE_GROUP)
    return;
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    fail_msg ("a %s has no label", G_OBJECT_TYPE_NAME (widget));
}

/* What is decoration hides all that is in it: nothing that can be used may be there. */
static void
check_not_hidden_cb (GtkWidget *widget, gpointer user_data)
{
  if (!gtk_widget_get_focusable (widget))
    return;
  for (GtkWidget *up = widget; up != NULL; up = gtk_widget_get_parent (up))
    if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (up))
        == GTK_ACCESSIBLE_ROLE_PRESENTATION)
      fail_msg ("a %s hides a %s", G_OBJECT_TYPE_NAME (up), G_OBJECT_TYPE_NAME (widget));
}

static void
test_map_nothing_is_named_for_its_type (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_pyboard);

  gtk_widget_activate_action (GTK_WIDGET (kit_nth_cell (f.map, 2)), "map.show-details", NULL);
  kit_settle ();
  kit_walk (GTK_WIDGET (f.map), check_named_cb, NULL);
  kit_walk (GTK_WIDGET (f.map), check_not_hidden_cb, NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_map_keys_walk_the_regions),
    cmocka_unit_test (test_map_keys_walk_broken_rows),
    cmocka_unit_test (test_map_tab_comes_back_to_where_one_was),
    cmocka_unit_test (test_map_axis_runs_from_left_to_right),
    cmocka_unit_test (test_map_every_region_has_a_label),
    cmocka_unit_test (test_map_label_changes_with_the_state),
    cmocka_unit_test (test_map_says_nothing_at_every_percent),
    cmocka_unit_test (test_map_nothing_is_named_for_its_type),
  };

  adw_init ();
  return cmocka_run_group_tests_name ("ui/map/memory-map-access", tests, NULL, NULL);
}
