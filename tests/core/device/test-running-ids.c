/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Boards that run their programs: their ids, their serial ports, and the row that follows one of them
 * into DFU mode and back. */

#include "assert-text.h"
#include "base/error.h"
#include "device/identity.h"
#include "device/look-private.h"
#include "device/rows-private.h"
#include "fake-device.h"

static void
test_running_ids_set (void **state)
{
  g_autoptr (JmpRunningIds) ids = jmp_running_ids_new ();
  g_autoptr (JmpRunningIds) same = jmp_running_ids_ref (ids);

  jmp_running_ids_add (ids, 0xF055, 0x9800);
  jmp_running_ids_add (ids, 0xF055, 0x9800);
  jmp_running_ids_add (ids, 0x0000, 0x0001);
  assert_true (jmp_running_ids_contains (same, 0xF055, 0x9800));
  assert_true (jmp_running_ids_contains (same, 0x0000, 0x0001));
  assert_false (jmp_running_ids_contains (same, 0x9800, 0xF055));
  assert_false (jmp_running_ids_contains (same, 0x0001, 0x0000));
  assert_false (jmp_running_ids_contains (NULL, 0xF055, 0x9800));
}

static JmpSerialPort *
make_port (const char *name, const char *path, guint16 vid, guint address)
{
  const JmpSerialPort values = {
    .name = (char *)name,
    .path = (char *)path,
    .address = address,
    .vid = vid,
    .pid = 1,
  };

  return jmp_serial_port_new (&values);
}

static void
free_port (gpointer data)
{
  jmp_serial_port_free (data);
}

static void
test_running_port_of_a_board (void **state)
{
  static const struct {
    const char *name;
    struct {
      const char *name;
      const char *path;
      guint16 vid;
      guint address;
    } ports[3];
    const char *found;
  } cases[] = {
    { "none", { { NULL } }, NULL },
    { "by its USB port", { { "a", "1-1", 7 }, { "b", "1-2", 7 } }, "b" },
    { "the first of several", { { "b0", "1-2", 7 }, { "b1", "1-2", 7 } }, "b0" },
    { "another device at the same port", { { "a", "1-2", 8 } }, NULL },
    { "the only one, where ports are not told", { { "a", NULL, 7 }, { "b", NULL, 8 } }, "a" },
    { "two, where ports are not told", { { "a", NULL, 7 }, { "b", NULL, 7 } }, NULL },
    { "two, by the address", { { "a", NULL, 7, 4 }, { "b", NULL, 7, 5 } }, "b" },
    { "two, one with the address", { { "a", NULL, 7 }, { "b", NULL, 7, 5 } }, "b" },
    { "two at other addresses", { { "a", NULL, 7, 3 }, { "b", NULL, 7, 4 } }, NULL },
    { "the only one, at another address", { { "a", NULL, 7, 3 } }, "a" },
    { "the address of another device", { { "a", NULL, 8, 5 } }, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) ports = g_ptr_array_new_with_free_func (free_port);
    const JmpSerialPort *found;

    for (guint j = 0; j < 3 && cases[i].ports[j].name != NULL; j++)
      g_ptr_array_add (ports,
                       make_port (cases[i].ports[j].name,
                                  cases[i].ports[j].path,
                                  cases[i].ports[j].vid,
                                  cases[i].ports[j].address));
    found = jmp_look_find_port (ports, "1-2", 5, 7, 1);
    if (g_strcmp0 (found != NULL ? found->name : NULL, cases[i].found) != 0)
      fail_msg ("%s: %s", cases[i].name, found != NULL ? found->name : "none");
  }
  assert_null (jmp_look_find_port (NULL, "1-2", 5, 7, 1));
}

static JmpUsb *
open_cb (gpointer user_data, GError **error)
{
  g_set_error_literal (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "runs its program");
  return NULL;
}

static JmpSerial *
open_serial_cb (gpointer user_data, GError **error)
{
  g_set_error_literal (error, JMP_ERROR, JMP_ERROR_BUSY, user_data);
  return NULL;
}

static JmpDevice *
running_device (const char *path, guint address, const char *serial, const char *port)
{
  const JmpDeviceSource source = {
    .path = path,
    .address = address,
    .open = open_cb,
    .open_serial = port != NULL ? open_serial_cb : NULL,
    .user_data = (gpointer)port,
    .vid = 0xF055,
    .pid = 0x9800,
    .serial = serial,
    .product = "Pyboard Virtual Comm Port in FS Mode",
    .port_name = port,
  };

  return jmp_device_new (&source, NULL, NULL);
}

static void
test_running_device (void **state)
{
  g_autoptr (JmpDevice) device = running_device ("1-4", 1, "AB12", "/dev/ttyACM0");
  g_autoptr (JmpSelector) by_ids = jmp_selector_parse ("f055:9800", NULL);
  g_autoptr (JmpSelector) by_serial = jmp_selector_parse ("serial:ab12", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *property = NULL;
  guint16 vid;
  guint16 pid;

  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_RUNNING);
  assert_string_equal (jmp_device_get_name (device), "Pyboard");
  assert_string_equal (jmp_device_get_serial (device), "AB12");
  assert_true (jmp_device_get_ids (device, &vid, &pid));
  assert_int_equal (vid, 0xF055);
  assert_int_equal (pid, 0x9800);
  assert_true (jmp_selector_matches (by_ids, device));
  assert_true (jmp_selector_matches (by_serial, device));
  g_object_get (device, "port-name", &property, NULL);
  assert_string_equal (property, "/dev/ttyACM0");
  assert_null (jmp_device_open_serial (device, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_BUSY, "/dev/ttyACM0");
}

static void
test_running_device_without_a_port (void **state)
{
  g_autoptr (JmpDevice) device = running_device ("1-4", 1, NULL, NULL);
  g_autoptr (GError) error = NULL;

  assert_null (jmp_device_get_port_name (device));
  assert_null (jmp_device_open_serial (device, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "1-4 has no serial port");
}

static void
ignore_cb (guint position, guint removed, guint added, gpointer user_data)
{
}

static void
look (JmpRows *rows, JmpDevice *seen)
{
  g_autoptr (GPtrArray) present = g_ptr_array_new ();

  if (seen != NULL)
    g_ptr_array_add (present, seen);
  jmp_rows_update (rows, present);
}

static void
expect (JmpRows *rows, JmpDevice *row, const char *expected)
{
  g_autofree char *text = NULL;

  assert_int_equal (jmp_rows_get_length (rows), 1);
  assert_ptr_equal (jmp_rows_get (rows, 0), row);
  text = g_strdup_printf ("%s %s %s",
                          jmp_device_mode_to_string (jmp_device_get_mode (row)),
                          jmp_device_get_name (row),
                          jmp_device_get_port_name (row) != NULL ? jmp_device_get_port_name (row)
                                                                 : "-");
  assert_string_equal (text, expected);
}

/* One row, one name, from the program into DFU mode and back, over looks that see nothing. */
static void
test_running_row_follows_its_board (void **state)
{
  JmpRows *rows = jmp_rows_new (ignore_cb, NULL);
  g_autoptr (JmpDevice) program = running_device ("1-4", 1, "AB12", "/dev/ttyACM0");
  g_autoptr (JmpDevice) denied = fake_device ("1-4", 2, NULL);
  g_autoptr (JmpDevice) loader = fake_device ("1-4", 2, "AB12");
  g_autoptr (JmpDevice) again = running_device ("1-4", 3, "AB12", "/dev/ttyACM1");

  look (rows, program);
  expect (rows, program, "running Pyboard /dev/ttyACM0");
  jmp_rows_hold (rows, program);
  look (rows, NULL);
  expect (rows, program, "gone Pyboard -");
  look (rows, denied);
  expect (rows, program, "unusable Pyboard -");
  look (rows, loader);
  expect (rows, program, "dfu Pyboard -");
  assert_non_null (jmp_device_get_info (program));
  look (rows, NULL);
  look (rows, again);
  expect (rows, program, "running Pyboard /dev/ttyACM1");
  /* the memory map that was read in DFU mode is still known */
  assert_non_null (jmp_device_get_info (program));
  jmp_rows_release (rows, program);
  look (rows, NULL);
  assert_int_equal (jmp_rows_get_length (rows), 0);
  jmp_rows_free (rows);
}

/* At another port, only the serial number says that it is the same board. */
static void
test_running_row_of_another_board (void **state)
{
  JmpRows *rows = jmp_rows_new (ignore_cb, NULL);
  g_autoptr (JmpDevice) program = running_device ("1-4", 1, "AB12", "/dev/ttyACM0");
  g_autoptr (JmpDevice) other = fake_device ("1-4", 2, "CD34");
  g_autoptr (JmpDevice) moved = fake_device ("1-5", 3, "AB12");

  look (rows, program);
  jmp_rows_hold (rows, program);
  look (rows, other);
  assert_int_equal (jmp_rows_get_length (rows), 2);
  assert_int_equal (jmp_device_get_mode (program), JMP_DEVICE_GONE);
  look (rows, moved);
  expect (rows, program, "dfu Pyboard -");
  jmp_rows_free (rows);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_running_ids_set),
    cmocka_unit_test (test_running_port_of_a_board),
    cmocka_unit_test (test_running_device),
    cmocka_unit_test (test_running_device_without_a_port),
    cmocka_unit_test (test_running_row_follows_its_board),
    cmocka_unit_test (test_running_row_of_another_board),
  };

  return cmocka_run_group_tests_name ("core/device/running-ids", tests, NULL, NULL);
}
