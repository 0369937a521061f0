/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "map/map-details.h"
#include "map/map-table.h"
#include "memory-map-kit.h"

#include <adwaita.h>

#define IMAGE "0 0x08000000 15000; 0 0x08020000 200000"

static JmpMapTable *
table_of (JmpMemoryMap *map)
{
  g_autoptr (GPtrArray) tables = kit_find_all (GTK_WIDGET (map), JMP_TYPE_MAP_TABLE);

  assert_int_equal (tables->len, 1);
  return tables->pdata[0];
}

static void
test_map_table_has_the_same_rows (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_spark);
  g_autoptr (GPtrArray) cells = kit_find_all (GTK_WIDGET (f.map), JMP_TYPE_MAP_CELL);
  GListModel *rows = jmp_map_table_get_rows (table_of (f.map));

  assert_int_equal (g_list_model_get_n_items (rows), cells->len);
  for (guint i = 0; i < cells->len; i++) {
    g_autoptr (JmpMapRegion) row = g_list_model_get_item (rows, i);

    assert_ptr_equal (row, jmp_map_cell_get_region (cells->pdata[i]));
  }
}

static void
test_map_table_shows_words (void **state)
{
  static const struct {
    const char *property;
    const char *expected;
  } cases[] = {
    { "title", "Sector 5" },
    { "address-text", "\u20660x08020000\u2069" },
    { "size-text", "128 KiB" },
    { "access-text", "read, erase, write" },
    { "state-text", "will be erased and written" },
    { "image-text", "128 KiB" },
    { "memory", "Internal Flash" },
  };
  g_auto (MapFixture) f = map_fixture_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, IMAGE);
  g_autoptr (JmpMapRegion) row = NULL;

  jmp_memory_map_set_plan (f.map, plan);
  row = g_list_model_get_item (jmp_map_table_get_rows (table_of (f.map)), 5);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = NULL;

    g_object_get (row, cases[i].property, &text, NULL);
    assert_string_equal (text, cases[i].expected);
  }
}

static void
test_map_switches_to_the_table (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_h743);
  GtkWidget *cell = GTK_WIDGET (kit_nth_cell (f.map, 0));
  GtkWidget *table = GTK_WIDGET (table_of (f.map));
  JmpMapView view = JMP_MAP_VIEW_MAP;

  assert_true (gtk_widget_get_mapped (cell));
  assert_false (gtk_widget_get_mapped (table));
  assert_true (gtk_widget_activate_action (GTK_WIDGET (f.map), "map.view", "s", "table"));
  kit_settle ();
  g_object_get (f.map, "view", &view, NULL);
  assert_int_equal (view, JMP_MAP_VIEW_TABLE);
  assert_true (gtk_widget_get_mapped (table));
  assert_false (gtk_widget_get_mapped (cell));
  gtk_test_widget_wait_for_draw (table);
  assert_true (kit_shows_text (table, "Sector 15"));
  assert_true (kit_shows_text (table, "read, erase, write"));
}

static void
test_map_table_row_shows_details (void **state)
{
  g_auto (MapFixture) f = map_fixture_new (kit_h743);
  GtkWidget *table = GTK_WIDGET (table_of (f.map));
  g_autoptr (GPtrArray) views = kit_find_all (table, GTK_TYPE_COLUMN_VIEW);
  g_autoptr (GPtrArray) details = NULL;

  jmp_memory_map_set_view (f.map, JMP_MAP_VIEW_TABLE);
  gtk_test_widget_wait_for_draw (table);
  gtk_widget_child_focus (table, GTK_DIR_TAB_FORWARD);
  g_signal_emit_by_name (views->pdata[0], "activate", 3);
  kit_settle ();
  details = kit_find_all (table, JMP_TYPE_MAP_DETAILS);
  assert_int_equal (details->len, 1);
  assert_true (kit_shows_text (details->pdata[0], "Sector 3"));
  g_signal_emit_by_name (views->pdata[0], "activate", 15);
  kit_settle ();
  assert_true (kit_shows_text (details->pdata[0], "Sector 15"));
}

/* Also where the details are shown at that moment. */
static void
test_map_table_takes_shown_details_along (void **state)
{
  MapFixture f = map_fixture_new (kit_h743);
  GtkWidget *table = GTK_WIDGET (table_of (f.map));
  g_autoptr (GPtrArray) views = kit_find_all (table, GTK_TYPE_COLUMN_VIEW);
  gpointer popover = NULL;

  jmp_memory_map_set_view (f.map, JMP_MAP_VIEW_TABLE);
  gtk_test_widget_wait_for_draw (table);
  g_signal_emit_by_name (views->pdata[0], "activate", 3);
  kit_settle ();
  {
    g_autoptr (GPtrArray) details = kit_find_all (table, JMP_TYPE_MAP_DETAILS);

    assert_int_equal (details->len, 1);
    popover = details->pdata[0];
  }
  g_object_add_weak_pointer (popover, &popover);
  map_fixture_clear (&f);
  assert_null (popover);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_map_table_has_the_same_rows),
    cmocka_unit_test (test_map_table_shows_words),
    cmocka_unit_test (test_map_switches_to_the_table),
    cmocka_unit_test (test_map_table_row_shows_details),
    cmocka_unit_test (test_map_table_takes_shown_details_along),
  };

  adw_init ();
  return cmocka_run_group_tests_name ("ui/map/memory-map-table", tests, NULL, NULL);
}
