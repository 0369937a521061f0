/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A pyboard's whole round, without a jumper: it runs, says what, restarts into DFU mode, is updated, and
 * runs the new firmware. One argument: the practice firmware. */

#include "assert-text.h"
#include "base/error.h"
#include "board/console.h"
#include "device/practice.h"
#include "flash/job.h"
#include "image/reader.h"

static const char *firmware;

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
expect_version (JmpDevice *device, const char *version, const char *build)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpSerial) serial = jmp_device_open_serial (device, &error);
  g_autoptr (JmpRunning) running = NULL;

  assert_no_error (error);
  running = jmp_console_read (serial, JMP_CONSOLE_LIMIT_MS, NULL, &error);
  assert_no_error (error);
  assert_string_equal (running->version, version);
  if (build == NULL)
    assert_null (running->build);
  else
    assert_string_equal (running->build, build);
  assert_string_equal (running->machine, "PYBv1.1 with STM32F405RG");
}

static void
restart (JmpDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpSerial) serial = jmp_device_open_serial (device, &error);

  assert_no_error (error);
  jmp_console_restart (serial, JMP_CONSOLE_LIMIT_MS, NULL, &error);
  assert_no_error (error);
  settle ();
}

static JmpUsb *
open_cb (gpointer user_data, GError **error)
{
  return jmp_device_open (user_data, error);
}

static void
flash (JmpDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (firmware);
  g_autoptr (JmpImage) image = jmp_image_read_file (file, NULL, NULL, &error);
  g_autoptr (JmpJob) job = NULL;
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;

  assert_no_error (error);
  job = jmp_job_new (jmp_device_get_info (device), open_cb, device, NULL);
  jmp_job_set_flash (job, image, &options);
  jmp_job_run (job, NULL, &error);
  assert_no_error (error);
  assert_int_equal (jmp_job_get_outcome (job)->state, JMP_BOARD_STARTED);
  settle ();
}

static void
test_round_of_a_practice_board (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDevice)
      device = jmp_practice_device_parse ("virtual:pyboard,speed=0,running=on", &error);
  guint16 vid = 0;
  guint16 pid = 0;

  assert_no_error (error);
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_RUNNING);
  assert_string_equal (jmp_device_get_port_name (device), "virtual:pyboard");
  assert_true (jmp_device_get_ids (device, &vid, &pid));
  assert_int_equal (vid, 0xF055);
  expect_version (device, "1.18.0-practice", NULL);

  restart (device);
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_DFU);
  assert_null (jmp_device_get_port_name (device));
  assert_true (jmp_device_get_ids (device, &vid, &pid));
  assert_int_equal (vid, 0x0483);

  flash (device);
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_RUNNING);
  assert_string_equal (jmp_device_get_port_name (device), "virtual:pyboard");
  expect_version (device, "1.99.0-practice", "PYBV11");

  /* and once more from there */
  restart (device);
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_DFU);
}

static void
test_round_is_cut_by_the_cable (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDevice)
      device = jmp_practice_device_parse ("virtual:pyboard,speed=0,running=on", &error);
  g_autoptr (JmpSerial) serial = NULL;

  assert_no_error (error);
  serial = jmp_device_open_serial (device, &error);
  assert_no_error (error);
  jmp_virtual_board_unplug (jmp_practice_device_get_board (device));
  settle ();
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_GONE);
  assert_null (jmp_device_get_port_name (device));
  assert_false (jmp_console_restart (serial, JMP_CONSOLE_LIMIT_MS, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
  g_clear_error (&error);
  assert_null (jmp_device_open_serial (device, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
}

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_round_of_a_practice_board),
    cmocka_unit_test (test_round_is_cut_by_the_cable),
  };

  firmware = argc > 1 ? argv[1] : NULL;
  if (firmware == NULL)
    return 77;
  return cmocka_run_group_tests_name ("core/board/round", tests, NULL, NULL);
}
