/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From a program to its boot loader, with practice boards; tests/usb has the same on a bus. */

#include "assert-text.h"
#include "base/error.h"
#include "device/detach.h"
#include "device/practice.h"

static const struct {
  const char *spec;
  gboolean possible;
  guint16 in_dfu;
} boards[] = {
  { "virtual:dapboot,speed=0,runtime=on", TRUE, 0xDB42 },
  { "virtual:blackmagic,speed=0,runtime=on", TRUE, 0x6017 },
  { "virtual:dfu10,speed=0,runtime=on", TRUE, 0x5119 },
  { "virtual:dapboot,speed=0", FALSE, 0 },
  { "virtual:pyboard,speed=0", FALSE, 0 },
};

static JmpDevice *
device_new (const char *spec)
{
  g_autoptr (GError) error = NULL;
  JmpDevice *device = jmp_practice_device_parse (spec, &error);

  assert_no_error (error);
  return device;
}

static void
test_detach_is_possible (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (boards); i++) {
    g_autoptr (JmpDevice) device = device_new (boards[i].spec);

    if (jmp_detach_is_possible (device) != boards[i].possible)
      fail_msg ("%s", boards[i].spec);
  }
}

static void
test_detach_comes_back_in_dfu_mode (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (boards) && boards[i].possible; i++) {
    g_autoptr (JmpDevice) device = device_new (boards[i].spec);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpDevice) back = jmp_detach (NULL, device, 1000, NULL, &error);

    assert_no_error (error);
    assert_int_equal (jmp_device_get_mode (back), JMP_DEVICE_DFU);
    assert_int_equal (jmp_device_get_info (back)->pid, boards[i].in_dfu);
    assert_string_equal (jmp_device_get_path (back), jmp_device_get_path (device));
    assert_false (jmp_detach_is_possible (back));
  }
}

/* Who only asks learns which board it was. */
static void
test_detach_ask (void **state)
{
  g_autoptr (JmpDevice) device = device_new (boards[0].spec);
  JmpVirtualBoard *board = jmp_practice_device_get_board (device);
  g_autofree char *serial = NULL;
  g_autoptr (GError) error = NULL;

  assert_true (jmp_detach_ask (device, &serial, NULL, &error));
  assert_string_equal (serial, jmp_virtual_board_get_serial (board));
  assert_false (jmp_virtual_board_is_run_time (board));
}

static void
test_detach_refuses_a_boot_loader (void **state)
{
  g_autoptr (JmpDevice) device = device_new ("virtual:dapboot,speed=0");
  g_autoptr (GError) error = NULL;

  assert_false (jmp_detach_ask (device, NULL, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "cannot be asked");
}

static void
test_detach_of_a_board_that_is_gone (void **state)
{
  g_autoptr (JmpDevice) device = device_new (boards[0].spec);
  g_autoptr (GError) error = NULL;

  jmp_virtual_board_unplug (jmp_practice_device_get_board (device));
  assert_null (jmp_detach (NULL, device, 1000, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "restarting virtual:dapboot in DFU mode");
}

static void
test_detach_cancelled (void **state)
{
  g_autoptr (JmpDevice) device = device_new (boards[0].spec);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  assert_null (jmp_detach (NULL, device, 1000, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  assert_true (jmp_virtual_board_is_run_time (jmp_practice_device_get_board (device)));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_detach_is_possible),
    cmocka_unit_test (test_detach_comes_back_in_dfu_mode),
    cmocka_unit_test (test_detach_ask),
    cmocka_unit_test (test_detach_refuses_a_boot_loader),
    cmocka_unit_test (test_detach_of_a_board_that_is_gone),
    cmocka_unit_test (test_detach_cancelled),
  };

  return cmocka_run_group_tests_name ("core/device/detach", tests, NULL, NULL);
}
