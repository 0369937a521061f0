/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "map-kit.h"
#include "map/map-box.h"
#include "map/map-cell.h"
#include "map/map-details.h"
#include "map/map-legend.h"
#include "map/map-strip.h"
#include "map/map-table.h"
#include "map/memory-map.h"

#include <adwaita.h>

#define IMAGE "0 0x08000000 15000; 0 0x08020000 200000"

/* Called for a widget and everything in it, in order. */
typedef void (*Visit) (GtkWidget *widget, gpointer user_data);

static void
walk (GtkWidget *widget, Visit visit, gpointer user_data)
{
  visit (widget, user_data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (child, visit, user_data);
}

typedef struct {
  GType type;
  GPtrArray *found;
} Search;

static void
collect_cb (GtkWidget *widget, gpointer user_data)
{
  Search *search = user_data;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, search->type))
    g_ptr_array_add (search->found, widget);
}

static GPtrArray *
find_all (GtkWidget *root, GType type)
{
  Search search = { type, g_ptr_array_new () };

  walk (root, collect_cb, &search);
  return search.found;
}

static JmpMapCell *
nth_cell (JmpMemoryMap *map, guint n)
{
  g_autoptr (GPtrArray) cells = find_all (GTK_WIDGET (map), JMP_TYPE_MAP_CELL);

  assert_true (n < cells->len);
  return cells->pdata[n];
}

static JmpMapTable *
table_of (JmpMemoryMap *map)
{
  g_autoptr (GPtrArray) tables = find_all (GTK_WIDGET (map), JMP_TYPE_MAP_TABLE);

  assert_int_equal (tables->len, 1);
  return tables->pdata[0];
}

/* A map in a window that is on the screen. */
typedef struct {
  JmpDfuInfo *info;
  GtkWidget *window;
  JmpMemoryMap *map;
} Fixture;

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static Fixture
fixture_new (const char *const *layouts)
{
  Fixture f = { .info = kit_info_new (layouts), .window = adw_window_new () };

  f.map = JMP_MEMORY_MAP (jmp_memory_map_new ());
  jmp_memory_map_set_info (f.map, f.info);
  adw_window_set_content (ADW_WINDOW (f.window), GTK_WIDGET (f.map));
  gtk_window_set_default_size (GTK_WINDOW (f.window), 850, 500);
  gtk_window_present (GTK_WINDOW (f.window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f.map));
  return f;
}

static void
fixture_clear (Fixture *f)
{
  g_object_add_weak_pointer (G_OBJECT (f->map), (gpointer *)&f->map);
  gtk_window_destroy (GTK_WINDOW (f->window));
  settle ();
  assert_null (f->map);
  jmp_dfu_info_unref (f->info);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

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
  g_autoptr (GPtrArray) cells = find_all (GTK_WIDGET (map), JMP_TYPE_MAP_CELL);
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
    g_auto (Fixture) f = fixture_new (cases[i].layouts);
    g_autoptr (GPtrArray) strips = find_all (GTK_WIDGET (f.map), JMP_TYPE_MAP_STRIP);
    g_autoptr (GPtrArray) cells = find_all (GTK_WIDGET (f.map), JMP_TYPE_MAP_CELL);

    if (strips->len != cases[i].strips || cells->len != cases[i].cells)
      fail_msg ("%s: %u strips, %u cells", cases[i].name, strips->len, cells->len);
  }
}

static void
test_map_table_has_the_same_rows (void **state)
{
  g_auto (Fixture) f = fixture_new (kit_spark);
  g_autoptr (GPtrArray) cells = find_all (GTK_WIDGET (f.map), JMP_TYPE_MAP_CELL);
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
  g_auto (Fixture) f = fixture_new (kit_pyboard);
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

typedef struct {
  const char *text;
  gboolean found;
} LabelSearch;

static void
find_label_cb (GtkWidget *widget, gpointer user_data)
{
  LabelSearch *search = user_data;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), search->text) == 0)
    search->found = TRUE;
}

static gboolean
shows_text (GtkWidget *root, const char *text)
{
  LabelSearch search = { text, FALSE };

  walk (root, find_label_cb, &search);
  return search.found;
}

static void
test_map_switches_to_the_table (void **state)
{
  g_auto (Fixture) f = fixture_new (kit_h743);
  GtkWidget *cell = GTK_WIDGET (nth_cell (f.map, 0));
  GtkWidget *table = GTK_WIDGET (table_of (f.map));
  JmpMapView view = JMP_MAP_VIEW_MAP;

  assert_true (gtk_widget_get_mapped (cell));
  assert_false (gtk_widget_get_mapped (table));
  assert_true (gtk_widget_activate_action (GTK_WIDGET (f.map), "map.view", "s", "table"));
  settle ();
  g_object_get (f.map, "view", &view, NULL);
  assert_int_equal (view, JMP_MAP_VIEW_TABLE);
  assert_true (gtk_widget_get_mapped (table));
  assert_false (gtk_widget_get_mapped (cell));
  gtk_test_widget_wait_for_draw (table);
  assert_true (shows_text (table, "Sector 15"));
  assert_true (shows_text (table, "read, erase, write"));
}

static void
test_map_follows_the_work (void **state)
{
  g_auto (Fixture) f = fixture_new (kit_pyboard);
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
  g_auto (Fixture) f = fixture_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, IMAGE);
  JmpMapCell *cell = nth_cell (f.map, 5);

  gtk_widget_grab_focus (GTK_WIDGET (cell));
  jmp_memory_map_set_plan (f.map, plan);
  assert_ptr_equal (nth_cell (f.map, 5), cell);
  assert_ptr_equal (gtk_window_get_focus (GTK_WINDOW (f.window)), cell);
}

static void
test_map_splits_groups_for_a_plan (void **state)
{
  g_auto (Fixture) f = fixture_new (kit_f072);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, "0 0x08000000 91857");

  jmp_memory_map_set_plan (f.map, plan);
  assert_states (f.map, "12 will-rewrite, 5 untouched");
  jmp_memory_map_clear_work (f.map);
  assert_states (f.map, "16 idle");
}

static const JmpMapName names[] = {
  { .alt = 0, .address = 0x08000000, .length = 0x4000, .name = "Vectors" },
  { .alt = 0, .address = 0x08004000, .length = 0x1C000, .name = "PYBFLASH", .own_files = TRUE },
};

static void
test_map_names_say_what_is_kept (void **state)
{
  g_auto (Fixture) f = fixture_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, IMAGE);

  jmp_memory_map_set_names (f.map, names, G_N_ELEMENTS (names));
  jmp_memory_map_set_plan (f.map, plan);
  settle ();
  assert_states (f.map, "1 will-rewrite, 4 kept, 2 will-rewrite, 9 untouched");
  assert_true (shows_text (GTK_WIDGET (f.map), "PYBFLASH"));
  assert_true (shows_text (GTK_WIDGET (f.map), "kept: your files · 4 sectors, 112 KiB"));
  jmp_memory_map_set_info (f.map, f.info);
  settle ();
  assert_false (shows_text (GTK_WIDGET (f.map), "PYBFLASH"));
}

static void
test_map_legend_lists_what_occurs (void **state)
{
  g_auto (Fixture) f = fixture_new (kit_spark);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, "0 0x08005000 70000");
  GtkWidget *map = GTK_WIDGET (f.map);

  assert_true (shows_text (map, "read-only · 20 sectors, 20 KiB"));
  jmp_memory_map_set_plan (f.map, plan);
  settle ();
  assert_true (shows_text (map, "will be erased and written · 69 sectors, 69 KiB"));
  assert_true (shows_text (map, "not touched · 571 sectors, 2107 KiB"));
  assert_false (shows_text (map, "written and verified · 69 sectors, 69 KiB"));
}

/* What stands under the map does not move up and down while work goes on. */
static void
test_map_legend_does_not_shrink_during_work (void **state)
{
  g_auto (Fixture) f = fixture_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, IMAGE);
  g_autoptr (GPtrArray) legends = find_all (GTK_WIDGET (f.map), JMP_TYPE_MAP_LEGEND);
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
assert_focus (Fixture *f, guint cell)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (f->window));
  g_autofree char *label = NULL;

  assert_non_null (focus);
  assert_true (JMP_IS_MAP_CELL (focus));
  if (focus == GTK_WIDGET (nth_cell (f->map, cell)))
    return;
  label = jmp_map_region_dup_label (jmp_map_cell_get_region (JMP_MAP_CELL (focus)));
  fail_msg ("focus is on %s, not on cell %u", label, cell);
}

static void
press (Fixture *f, const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (f->window));

  assert_true (gtk_widget_activate_action (focus, action, NULL));
  settle ();
}

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
  g_auto (Fixture) f = fixture_new (kit_pyboard);

  gtk_widget_grab_focus (GTK_WIDGET (nth_cell (f.map, 0)));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    press (&f, steps[i].action);
    assert_focus (&f, steps[i].focus);
  }
}

/* In a narrow window the flash has several rows: down is the next row, not the next strip. */
static void
test_map_keys_walk_broken_rows (void **state)
{
  g_auto (Fixture) f = fixture_new (kit_pyboard);
  graphene_rect_t from, to;
  GtkWidget *focus;

  jmp_memory_map_set_names (f.map, names, G_N_ELEMENTS (names));
  gtk_window_set_default_size (GTK_WINDOW (f.window), 360, 500);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f.map));
  gtk_widget_grab_focus (GTK_WIDGET (nth_cell (f.map, 1)));
  press (&f, "map.region-below");
  focus = gtk_window_get_focus (GTK_WINDOW (f.window));
  assert_true (JMP_IS_MAP_CELL (focus));
  assert_true (gtk_widget_compute_bounds (focus, GTK_WIDGET (f.map), &to));
  assert_true (
      gtk_widget_compute_bounds (GTK_WIDGET (nth_cell (f.map, 1)), GTK_WIDGET (f.map), &from));
  assert_true (to.origin.y > from.origin.y);
  assert_int_equal (jmp_map_region_get_span (jmp_map_cell_get_region (JMP_MAP_CELL (focus)))->alt,
                    0);
  press (&f, "map.region-above");
  assert_focus (&f, 1);
}

static void
test_map_tab_comes_back_to_where_one_was (void **state)
{
  g_auto (Fixture) f = fixture_new (kit_pyboard);

  gtk_widget_grab_focus (GTK_WIDGET (nth_cell (f.map, 3)));
  gtk_widget_child_focus (f.window, GTK_DIR_TAB_FORWARD);
  assert_focus (&f, 12);
  gtk_widget_child_focus (f.window, GTK_DIR_TAB_FORWARD);
  assert_focus (&f, 13);
  gtk_widget_child_focus (f.window, GTK_DIR_TAB_BACKWARD);
  gtk_widget_child_focus (f.window, GTK_DIR_TAB_BACKWARD);
  assert_focus (&f, 3);
}

static void
test_map_shows_details (void **state)
{
  g_auto (Fixture) f = fixture_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, IMAGE);
  JmpOutcome outcome = {
    .state = JMP_BOARD_DIFFERS,
    .has_difference = TRUE,
    .difference_address = 0x08020010,
    .expected = 0x12,
    .found = 0xFF,
  };
  GtkWidget *cell = GTK_WIDGET (nth_cell (f.map, 5));
  g_autoptr (GPtrArray) details = NULL;

  outcome.step = kit_find_step (plan, JMP_STEP_VERIFY, 0x08020000);
  jmp_memory_map_set_plan (f.map, plan);
  jmp_memory_map_set_outcome (f.map, &outcome);
  gtk_widget_grab_focus (cell);
  assert_true (gtk_widget_activate_action (cell, "map.show-details", NULL));
  settle ();

  details = find_all (cell, JMP_TYPE_MAP_DETAILS);
  assert_int_equal (details->len, 1);
  assert_true (gtk_widget_get_visible (details->pdata[0]));
  assert_true (shows_text (details->pdata[0], "\u20660x08020000–0x0803FFFF\u2069"));
  assert_true (shows_text (details->pdata[0], "read, erase, write"));
  assert_true (shows_text (details->pdata[0], "differs from the file"));
  assert_true (
      shows_text (details->pdata[0],
                  jmp_map_region_get_difference (jmp_map_cell_get_region (JMP_MAP_CELL (cell)))));
  assert_non_null (strstr (
      jmp_map_region_get_difference (jmp_map_cell_get_region (JMP_MAP_CELL (cell))), "0xFF"));
}

static void
test_map_table_row_shows_details (void **state)
{
  g_auto (Fixture) f = fixture_new (kit_h743);
  GtkWidget *table = GTK_WIDGET (table_of (f.map));
  g_autoptr (GPtrArray) views = find_all (table, GTK_TYPE_COLUMN_VIEW);
  g_autoptr (GPtrArray) details = NULL;

  jmp_memory_map_set_view (f.map, JMP_MAP_VIEW_TABLE);
  gtk_test_widget_wait_for_draw (table);
  gtk_widget_child_focus (table, GTK_DIR_TAB_FORWARD);
  g_signal_emit_by_name (views->pdata[0], "activate", 3);
  settle ();
  details = find_all (table, JMP_TYPE_MAP_DETAILS);
  assert_int_equal (details->len, 1);
  assert_true (shows_text (details->pdata[0], "Sector 3"));
  g_signal_emit_by_name (views->pdata[0], "activate", 15);
  settle ();
  assert_true (shows_text (details->pdata[0], "Sector 15"));
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
  g_auto (Fixture) f = fixture_new (kit_pyboard);
  GtkWidget *cell = GTK_WIDGET (nth_cell (f.map, 5));
  g_autofree char *text = NULL;

  assert_true (gtk_widget_activate_action (cell, "map.copy-range", NULL));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (cell), NULL, got_text_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  assert_string_equal (text, "0x08020000–0x0803FFFF");
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
    g_auto (Fixture) f = fixture_new (boards[i]);
    g_autoptr (GPtrArray) cells = find_all (GTK_WIDGET (f.map), JMP_TYPE_MAP_CELL);

    for (guint j = 0; j < cells->len; j++) {
      g_autofree char *label = jmp_map_region_dup_label (jmp_map_cell_get_region (cells->pdata[j]));

      assert_label (cells->pdata[j], label);
    }
  }
}

static void
test_map_label_changes_with_the_state (void **state)
{
  g_auto (Fixture) f = fixture_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, IMAGE);
  GtkWidget *cell = GTK_WIDGET (nth_cell (f.map, 5));
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
  g_auto (Fixture) f = fixture_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = kit_flash_new (f.info, IMAGE);
  JmpMapRegion *region = jmp_map_cell_get_region (nth_cell (f.map, 5));
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
  g_auto (Fixture) f = fixture_new (kit_pyboard);

  gtk_widget_activate_action (GTK_WIDGET (nth_cell (f.map, 2)), "map.show-details", NULL);
  settle ();
  walk (GTK_WIDGET (f.map), check_named_cb, NULL);
  walk (GTK_WIDGET (f.map), check_not_hidden_cb, NULL);
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
      g_auto (Fixture) f = fixture_new (boards[i]);

      assert_true (min_width (GTK_WIDGET (f.map)) <= 336);
      assert_true (height_at (GTK_WIDGET (f.map), 336) > height_at (GTK_WIDGET (f.map), 1000));
    }
  }
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

static double
left_of (Fixture *f, guint cell)
{
  graphene_rect_t bounds;

  assert_true (gtk_widget_compute_bounds (
      GTK_WIDGET (nth_cell (f->map, cell)), GTK_WIDGET (f->map), &bounds));
  return bounds.origin.x;
}

static void
test_map_axis_runs_from_left_to_right (void **state)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  {
    g_auto (Fixture) f = fixture_new (kit_pyboard);

    for (guint i = 1; i < 12; i++)
      assert_true (left_of (&f, i) > left_of (&f, i - 1));
    gtk_widget_grab_focus (GTK_WIDGET (nth_cell (f.map, 0)));
    press (&f, "map.next-region");
    assert_focus (&f, 1);
  }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_map_larger_sectors_are_wider (void **state)
{
  g_auto (Fixture) f = fixture_new (kit_pyboard);
  int small = gtk_widget_get_width (GTK_WIDGET (nth_cell (f.map, 1)));
  int middle = gtk_widget_get_width (GTK_WIDGET (nth_cell (f.map, 4)));
  int large = gtk_widget_get_width (GTK_WIDGET (nth_cell (f.map, 5)));

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
    cmocka_unit_test (test_map_table_has_the_same_rows),
    cmocka_unit_test (test_map_table_shows_words),
    cmocka_unit_test (test_map_switches_to_the_table),
    cmocka_unit_test (test_map_follows_the_work),
    cmocka_unit_test (test_map_keeps_widgets_and_focus_over_a_plan),
    cmocka_unit_test (test_map_splits_groups_for_a_plan),
    cmocka_unit_test (test_map_names_say_what_is_kept),
    cmocka_unit_test (test_map_legend_lists_what_occurs),
    cmocka_unit_test (test_map_legend_does_not_shrink_during_work),
    cmocka_unit_test (test_map_keys_walk_the_regions),
    cmocka_unit_test (test_map_keys_walk_broken_rows),
    cmocka_unit_test (test_map_tab_comes_back_to_where_one_was),
    cmocka_unit_test (test_map_shows_details),
    cmocka_unit_test (test_map_table_row_shows_details),
    cmocka_unit_test (test_map_copies_a_range),
    cmocka_unit_test (test_map_every_region_has_a_label),
    cmocka_unit_test (test_map_label_changes_with_the_state),
    cmocka_unit_test (test_map_says_nothing_at_every_percent),
    cmocka_unit_test (test_map_nothing_is_named_for_its_type),
    cmocka_unit_test (test_map_fits_a_narrow_window),
    cmocka_unit_test (test_map_axis_runs_from_left_to_right),
    cmocka_unit_test (test_map_larger_sectors_are_wider),
  };

  adw_init ();
  return cmocka_run_group_tests_name ("ui/map/memory-map", tests, NULL, NULL);
}
