/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The monitor as a list model. Boards on a bus are in tests/usb, how rows follow them is in test-rows,
 * and here only what counts as a board, and the order of paths. */

#include "assert-text.h"
#include "device/look-private.h"
#include "device/monitor.h"
#include "device/practice.h"

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  g_string_append_printf (user_data, "%u -%u +%u, ", position, removed, added);
}

static void
test_monitor_is_a_list_model (void **state)
{
  g_autoptr (JmpMonitor) monitor = jmp_monitor_new (NULL);
  GListModel *model = G_LIST_MODEL (monitor);
  g_autoptr (JmpDevice) a = jmp_practice_device_parse ("virtual:pyboard,speed=0", NULL);
  g_autoptr (JmpDevice) b = jmp_practice_device_parse ("virtual:f072,speed=0", NULL);
  g_autoptr (JmpDevice) item = NULL;
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (monitor, "items-changed", G_CALLBACK (changed_cb), log);
  assert_true (g_list_model_get_item_type (model) == JMP_TYPE_DEVICE);
  jmp_monitor_add (monitor, a);
  jmp_monitor_add (monitor, b);
  assert_int_equal (g_list_model_get_n_items (model), 2);
  item = g_list_model_get_item (model, 1);
  assert_ptr_equal (item, b);
  assert_null (g_list_model_get_item (model, 2));
  jmp_monitor_hold (monitor, a);
  jmp_monitor_release (monitor, a);
  jmp_monitor_remove (monitor, a);
  jmp_monitor_remove (monitor, a);
  assert_string_equal (log->str, "0 -0 +1, 1 -0 +1, 0 -1 +0, ");
}

/* Without a bus there is nothing to look at; the window still has its practice board. */
static void
test_monitor_without_a_bus (void **state)
{
  g_autoptr (JmpMonitor) monitor = jmp_monitor_new (NULL);

  jmp_monitor_start (monitor);
  jmp_monitor_stop (monitor);
  assert_int_equal (g_list_model_get_n_items (G_LIST_MODEL (monitor)), 0);
}

static void
test_monitor_paths_as_a_person_counts (void **state)
{
  static const char *const sorted[] = { "1-1", "1-1.2", "1-1.10", "1-2", "1-10", "2-1", "10-1" };

  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (sorted); j++) {
      int order = jmp_path_compare (sorted[i], sorted[j]);

      if ((order < 0) != (i < j) || (order > 0) != (i > j))
        fail_msg ("%s and %s: %d", sorted[i], sorted[j], order);
    }
  }
}

static void
test_monitor_counts_boards_only (void **state)
{
  static const struct {
    const char *name;
    JmpDfuInfo info;
    gboolean is_board;
  } cases[] = {
    { "DfuSe boot loader", { .dfu_mode = TRUE, .dfuse = TRUE }, TRUE },
    { "plain DFU boot loader", { .dfu_mode = TRUE }, TRUE },
    { "a program of a DfuSe board", { .dfuse = TRUE }, TRUE },
    { "a program of a board that is known",
      { .version = 0x0110, .quirks = { .flags = JMP_QUIRK_BOARD } },
      TRUE },
    { "a program of any board", { .version = 0x0110, .has_functional = TRUE }, TRUE },
    { "a keyboard", { .version = 0x0110, .has_functional = TRUE, .is_gadget = TRUE }, FALSE },
    { "a headset", { .version = 0x0110 }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (jmp_look_is_board (&cases[i].info) != cases[i].is_board)
      fail_msg ("%s", cases[i].name);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_monitor_is_a_list_model),
    cmocka_unit_test (test_monitor_without_a_bus),
    cmocka_unit_test (test_monitor_counts_boards_only),
    cmocka_unit_test (test_monitor_paths_as_a_person_counts),
  };

  return cmocka_run_group_tests_name ("core/device/monitor", tests, NULL, NULL);
}
