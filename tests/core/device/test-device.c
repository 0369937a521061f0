/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "device/device-private.h"
#include "fake-device.h"

static void
test_device_properties (void **state)
{
  g_autoptr (JmpDevice) device = fake_device ("1-4.2", 7, "ABC123");
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autofree char *serial = NULL;
  JmpDeviceMode mode;
  gboolean practice;
  JmpDfuInfo *info;
  g_autoptr (GError) problem = NULL;

  g_object_get (device,
                "id",
                &id,
                "path",
                &path,
                "name",
                &name,
                "serial",
                &serial,
                "mode",
                &mode,
                "practice",
                &practice,
                "info",
                &info,
                "problem",
                &problem,
                NULL);
  assert_string_equal (id, "path:1-4.2");
  assert_string_equal (path, "1-4.2");
  assert_string_equal (name, "STM32 board");
  assert_string_equal (serial, "ABC123");
  assert_int_equal (mode, JMP_DEVICE_DFU);
  assert_false (practice);
  assert_ptr_equal (info, jmp_device_get_info (device));
  assert_null (problem);
  assert_int_equal (jmp_device_get_address (device), 7);
}

static void
test_device_that_cannot_be_opened (void **state)
{
  g_autoptr (JmpDevice) device = fake_device ("1-1", 1, NULL);

  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_UNUSABLE);
  assert_error (jmp_device_get_problem (device), JMP_ERROR, JMP_ERROR_PERMISSION, "1-1");
  assert_null (jmp_device_get_serial (device));
  assert_null (jmp_device_get_info (device));
}

static void
test_device_that_runs (void **state)
{
  g_autoptr (JmpDfuInfo) info = fake_info (NULL);
  JmpDeviceSource source = { .path = "1-1" };
  g_autoptr (JmpDevice) device = NULL;

  info->dfu_mode = FALSE;
  device = jmp_device_new (&source, info, NULL);
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_RUNNING);
}

static void
test_device_mode_words (void **state)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (JMP_TYPE_DEVICE_MODE);

  for (int mode = JMP_DEVICE_DFU; mode <= JMP_DEVICE_GONE; mode++)
    assert_string_equal (jmp_device_mode_to_string ((JmpDeviceMode)mode),
                         g_enum_get_value (class, mode)->value_nick);
}

static void
notify_cb (GObject *object, GParamSpec *spec, gpointer user_data)
{
  GString *log = user_data;

  g_string_append_printf (log, "%s ", spec->name);
}

static void
expect_log (GString *log, const char *expected)
{
  assert_string_equal (log->str, expected);
  g_string_truncate (log, 0);
}

static void
test_device_update_tells_what_changed (void **state)
{
  g_autoptr (JmpDevice) device = fake_device ("1-4", 1, NULL);
  g_autoptr (JmpDevice) usable = fake_device ("1-4", 1, "ABC");
  g_autoptr (JmpDevice) moved = fake_device ("2-1", 2, "ABC");
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_signal_connect (device, "notify", G_CALLBACK (notify_cb), log);
  jmp_device_update (device, usable);
  expect_log (log, "mode problem serial name info ");
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_DFU);
  assert_null (jmp_device_get_problem (device));

  jmp_device_set_gone (device);
  expect_log (log, "mode ");
  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_GONE);
  assert_string_equal (jmp_device_get_serial (device), "ABC");
  jmp_device_set_gone (device);
  expect_log (log, "");

  jmp_device_update (device, moved);
  expect_log (log, "mode info id path ");
  assert_string_equal (jmp_device_get_id (device), "path:2-1");
  assert_int_equal (jmp_device_get_address (device), 2);
  assert_null (jmp_device_open (device, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "2-1@2");
}

static void
test_device_frees_what_it_opens_with (void **state)
{
  JmpDevice *device = fake_device ("1-4", 1, "ABC");
  JmpDevice *seen = fake_device ("1-4", 2, "ABC");

  fake_device_take_freed ();
  jmp_device_update (device, seen);
  assert_int_equal (fake_device_take_freed (), 1);
  g_object_unref (seen);
  assert_int_equal (fake_device_take_freed (), 0);
  g_object_unref (device);
  assert_int_equal (fake_device_take_freed (), 1);
}

static void
test_device_names (void **state)
{
  static const struct {
    guint16 vid;
    guint16 pid;
    const char *product;
    const char *name;
  } cases[] = {
    { 0x0483, 0xDF11, "STM32  BOOTLOADER", "STM32 board" },
    { 0x0483, 0xDF11, "STM32 0x418 DFU Bootloader", "STM32 board" },
    { 0x0483, 0xDF11, "DFU in FS Mode", "STM32 board" },
    { 0x0483, 0xDF11, "DFU in FS Mode @Device ID /0x505, @Revision ID /0x2000", "STM32 board" },
    { 0x0483, 0xDF11, NULL, "STM32 board" },
    { 0x0483, 0xDF11, " \t", "STM32 board" },
    { 0x2341, 0x035B, NULL, "Board 2341:035B" },
    { 0x0483, 0xDF11, "  Pyboard\t DFU\r\n", "Pyboard DFU" },
    { 0x0694, 0x0008, "LEGO Technic Large Hub in DFU Mode", "LEGO Technic Large Hub in DFU Mode" },
    { 0x1234, 0x0001, "\033[31mRed", "[31mRed" },
    { 0x1234, 0x0001, "Gr\xC3\xBCn", "Gr\xC3\xBCn" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    JmpDfuInfo info = {
      .vid = cases[i].vid,
      .pid = cases[i].pid,
      .product = (char *)cases[i].product,
    };
    g_autofree char *name = jmp_device_make_name (&info);

    assert_string_equal (name, cases[i].name);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_device_properties),
    cmocka_unit_test (test_device_that_cannot_be_opened),
    cmocka_unit_test (test_device_that_runs),
    cmocka_unit_test (test_device_mode_words),
    cmocka_unit_test (test_device_update_tells_what_changed),
    cmocka_unit_test (test_device_frees_what_it_opens_with),
    cmocka_unit_test (test_device_names),
  };

  return cmocka_run_group_tests_name ("core/device/device", tests, NULL, NULL);
}
