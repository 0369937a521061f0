/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "device/practice.h"

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_practice_is_a_device (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDevice)
      device = jmp_practice_device_parse ("virtual:pyboard,speed=0,serial=P1", &error);
  g_autoptr (JmpUsb) usb = NULL;
  JmpDfuInfo *info;

  assert_no_error (error);
  assert_string_equal (jmp_device_get_id (device), "virtual:pyboard");
  assert_string_equal (jmp_device_get_name (device), "Practice pyboard");
  assert_string_equal (jmp_device_get_serial (device), "P1");
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_DFU);
  assert_true (jmp_device_is_practice (device));
  info = jmp_device_get_info (device);
  assert_int_equal (info->alts->len, 4);
  assert_int_equal (jmp_layout_get_size (jmp_dfu_info_find_alt (info, 0)->layout), 1024 * 1024);
  usb = jmp_device_open (device, &error);
  assert_no_error (error);
  assert_non_null (usb);
}

static void
test_practice_kinds (void **state)
{
  const char *const *kinds = jmp_virtual_board_kinds ();
  g_autoptr (JmpDevice) plain = NULL;

  assert_non_null (kinds[0]);
  for (guint i = 0; kinds[i] != NULL; i++) {
    g_autofree char *text = g_strdup_printf ("virtual:%s,speed=0", kinds[i]);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpDevice) device = jmp_practice_device_parse (text, &error);

    assert_no_error (error);
    assert_string_equal (jmp_virtual_board_get_kind (jmp_practice_device_get_board (device)),
                         kinds[i]);
  }
  plain = jmp_practice_device_parse ("virtual", NULL);
  assert_string_equal (jmp_device_get_id (plain), "virtual:pyboard");
}

static void
test_practice_refuses (void **state)
{
  static const char *const texts[] = {
    "serial:X", "virtual:nonsense", "virtual:pyboard,speed=x", "virtual:"
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpDevice) device = jmp_practice_device_parse (texts[i], &error);

    if (device != NULL)
      fail_msg ("\"%s\" is accepted", texts[i]);
    assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, NULL);
  }
}

static void
count_cb (GObject *object, GParamSpec *spec, gpointer user_data)
{
  (*(guint *)user_data)++;
}

static void
test_practice_follows_its_board (void **state)
{
  g_autoptr (JmpDevice) device = jmp_practice_device_parse ("virtual:pyboard,speed=0", NULL);
  JmpVirtualBoard *board = jmp_practice_device_get_board (device);
  guint changes = 0;

  g_signal_connect (device, "notify::mode", G_CALLBACK (count_cb), &changes);
  jmp_virtual_board_unplug (board);
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_DFU);
  settle ();
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_GONE);
  assert_int_equal (changes, 1);

  jmp_virtual_board_plug (board);
  settle ();
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_DFU);
  assert_int_equal (changes, 2);

  /* out and in again between two turns of the loop is no change */
  jmp_virtual_board_unplug (board);
  jmp_virtual_board_plug (board);
  settle ();
  assert_int_equal (changes, 2);
}

static gpointer
unplug_thread (gpointer user_data)
{
  jmp_virtual_board_unplug (user_data);
  return NULL;
}

/* The board may change on any thread; the device changes on the context that it was made in. */
static void
test_practice_changes_in_its_own_context (void **state)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (JmpDevice) device = NULL;

  g_main_context_push_thread_default (context);
  device = jmp_practice_device_parse ("virtual:pyboard,speed=0", NULL);
  g_main_context_pop_thread_default (context);
  g_thread_join (g_thread_new ("unplug", unplug_thread, jmp_practice_device_get_board (device)));
  settle ();
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_DFU);
  while (g_main_context_iteration (context, FALSE))
    ;
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_GONE);
}

static void
test_practice_board_outlives_its_device (void **state)
{
  JmpDevice *device = jmp_practice_device_parse ("virtual:pyboard,speed=0", NULL);
  g_autoptr (JmpVirtualBoard)
      board = jmp_virtual_board_ref (jmp_practice_device_get_board (device));

  jmp_virtual_board_unplug (board);
  g_object_unref (device);
  jmp_virtual_board_plug (board);
  settle ();
  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_IN_DFU);
}

/* A board without its jumper comes up running its program; nothing is known of it until it is in DFU
 * mode. */
static void
test_practice_that_runs_at_first (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new ("pyboard,speed=0", &error);
  g_autoptr (JmpDevice) device = NULL;
  const guint8 vectors[] = { 0x00, 0x00, 0x02, 0x20, 0x01, 0x01, 0x00, 0x08 };

  assert_no_error (error);
  assert_true (jmp_virtual_board_poke (board, 0, 0x08000000, vectors, sizeof vectors));
  jmp_virtual_board_unplug (board);
  jmp_virtual_board_set_jumper (board, FALSE);
  jmp_virtual_board_plug (board);
  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_RUNNING);
  device = jmp_practice_device_new (board, &error);
  assert_no_error (error);
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_RUNNING);
  assert_null (jmp_device_get_info (device));

  jmp_virtual_board_unplug (board);
  jmp_virtual_board_set_jumper (board, TRUE);
  jmp_virtual_board_plug (board);
  settle ();
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_DFU);
  assert_non_null (jmp_device_get_info (device));
  assert_string_equal (jmp_device_get_name (device), "Practice pyboard");
}

/* A program with a DFU interface of its own is a program; its boot loader says more when it comes. */
static void
test_practice_run_time_is_running (void **state)
{
  static const guint8 detach[8] = { 0x21, 0, 0xE8, 3, 0, 0, 0, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDevice)
      device = jmp_practice_device_parse ("virtual:blackmagic,speed=0,runtime=on", &error);
  JmpVirtualBoard *board;

  assert_no_error (error);
  board = jmp_practice_device_get_board (device);
  assert_true (jmp_virtual_board_is_run_time (board));
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_RUNNING);

  jmp_virtual_board_control (board, detach, NULL);
  settle ();
  assert_false (jmp_virtual_board_is_run_time (board));
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_DFU);
  assert_true (jmp_device_get_info (device)->dfu_mode);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_practice_is_a_device),
    cmocka_unit_test (test_practice_kinds),
    cmocka_unit_test (test_practice_refuses),
    cmocka_unit_test (test_practice_follows_its_board),
    cmocka_unit_test (test_practice_changes_in_its_own_context),
    cmocka_unit_test (test_practice_board_outlives_its_device),
    cmocka_unit_test (test_practice_that_runs_at_first),
    cmocka_unit_test (test_practice_run_time_is_running),
  };

  return cmocka_run_group_tests_name ("core/device/practice", tests, NULL, NULL);
}
