/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Serial ports through the real libserialport, on pseudo-terminals: boards that answer, boards that do
 * not, and a board that the monitor follows from its program into DFU mode. */

#include "assert-text.h"
#include "base/error.h"
#include "board/console.h"
#include "device/monitor.h"
#include "mock-tty.h"
#include "mock-usbfs.h"

#include <string.h>

/* For what comes within a second or two, on a machine that has other things to do. */
#define LIMIT_S 30
/* For boards that never answer: any limit is right. */
#define SHORT_MS 400
#define LONG_MS  (LIMIT_S * 1000)

#define SERIAL "206535A94D4B"

typedef struct {
  UMockdevTestbed *bed;
  MockTty *tty;
  GCancellable *cancellable;
} Port;

static void
port_set_up (Port *self, MockTtyFunc func)
{
  const MockTtyDevice device = {
    .parent = "usb1",
    .path = "1-4",
    .devnum = 7,
    .vid = 0xF055,
    .pid = 0x9800,
    .serial = SERIAL,
    .tty = "ttyACM3",
  };

  self->bed = umockdev_testbed_new ();
  self->cancellable = g_cancellable_new ();
  self->tty = mock_tty_new (self->bed, &device, func, self);
}

static void
port_tear_down (Port *self)
{
  g_clear_pointer (&self->tty, mock_tty_free);
  g_clear_object (&self->bed);
  g_clear_object (&self->cancellable);
}

static JmpSerial *
open_port (void)
{
  g_autoptr (GError) error = NULL;
  JmpSerial *serial = jmp_serial_open ("/dev/ttyACM3", &error);

  assert_no_error (error);
  return serial;
}

static void
silent_cb (MockTty *tty, const guint8 *data, gsize size, gpointer user_data)
{
}

static void
chatty_cb (MockTty *tty, const guint8 *data, gsize size, gpointer user_data)
{
  mock_tty_send (tty, "Hello, world! ", -1);
}

static void
echo_cb (MockTty *tty, const guint8 *data, gsize size, gpointer user_data)
{
  mock_tty_send (tty, (const char *)data, (gssize)size);
}

/* Goes away when it is told to stop. */
static void
timid_cb (MockTty *tty, const guint8 *data, gsize size, gpointer user_data)
{
  if (memchr (data, 3, size) != NULL)
    mock_tty_hang_up (tty);
}

static void
cancelling_cb (MockTty *tty, const guint8 *data, gsize size, gpointer user_data)
{
  if (memchr (data, 3, size) != NULL)
    g_cancellable_cancel (((Port *)user_data)->cancellable);
}

static void
test_console_ports_are_listed (void **state)
{
  Port port;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ports = NULL;
  const JmpSerialPort *found;

  port_set_up (&port, silent_cb);
  ports = jmp_serial_list_ports (&error);
  assert_no_error (error);
  assert_int_equal (ports->len, 1);
  found = ports->pdata[0];
  assert_string_equal (found->name, "/dev/ttyACM3");
  assert_string_equal (found->path, "1-4");
  assert_int_equal (found->vid, 0xF055);
  assert_int_equal (found->pid, 0x9800);
  assert_string_equal (found->serial, SERIAL);
  assert_string_equal (found->manufacturer, "MicroPython");
  assert_string_equal (found->product, "Pyboard Virtual Comm Port in FS Mode");
  port_tear_down (&port);
}

static void
test_console_port_is_for_one (void **state)
{
  Port port;
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpSerial) serial = NULL;
  g_autoptr (JmpSerial) second = NULL;

  port_set_up (&port, silent_cb);
  serial = open_port ();
  second = jmp_serial_open ("/dev/ttyACM3", &error);
  assert_null (second);
  assert_error (error, JMP_ERROR, JMP_ERROR_BUSY, NULL);
  g_clear_error (&error);
  g_clear_pointer (&serial, jmp_serial_free);
  second = open_port ();
  g_clear_pointer (&second, jmp_serial_free);
  port_tear_down (&port);
}

static void
test_console_bad_boards (void **state)
{
  static const struct {
    const char *name;
    MockTtyFunc func;
    guint limit_ms;
    JmpError code;
  } cases[] = {
    { "silent", silent_cb, SHORT_MS, JMP_ERROR_TIMED_OUT },
    { "prints for ever", chatty_cb, SHORT_MS, JMP_ERROR_PROTOCOL },
    { "echoes", echo_cb, SHORT_MS, JMP_ERROR_PROTOCOL },
    { "goes away", timid_cb, LONG_MS, JMP_ERROR_DISCONNECTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Port port;
    g_autoptr (GError) error = NULL;
    JmpSerial *serial;

    port_set_up (&port, cases[i].func);
    serial = open_port ();
    assert_null (jmp_console_read (serial, cases[i].limit_ms, NULL, &error));
    if (!g_error_matches (error, JMP_ERROR, (int)cases[i].code))
      fail_msg ("%s: %s", cases[i].name, error->message);
    jmp_serial_free (serial);
    port_tear_down (&port);
  }
}

static void
test_console_is_cancelled (void **state)
{
  Port port;
  g_autoptr (GError) error = NULL;
  JmpSerial *serial;

  port_set_up (&port, cancelling_cb);
  serial = open_port ();
  assert_null (jmp_console_read (serial, LONG_MS, port.cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  jmp_serial_free (serial);
  port_tear_down (&port);
}

/* The last one: the right is not to be had back. */
static void
test_console_port_without_permission (void **state)
{
  Port port;
  g_autoptr (GError) error = NULL;

  port_set_up (&port, silent_cb);
  mock_tty_deny_open (port.tty);
  mock_give_up_right_to_open ();
  assert_null (jmp_serial_open ("/dev/ttyACM3", &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_PERMISSION, NULL);
  port_tear_down (&port);
}

typedef struct {
  MockUsbfs *mock;
  JmpVirtualBoard *board;
  JmpUsbBus *bus;
  JmpMonitor *monitor;
  JmpDevice *device;
} Bench;

static int
bench_set_up (void **state)
{
  Bench *self = g_new0 (Bench, 1);
  g_autoptr (JmpRunningIds) ids = jmp_running_ids_new ();
  g_autoptr (GError) error = NULL;

  self->mock = mock_usbfs_new ();
  mock_usbfs_show_consoles (self->mock);
  self->board = jmp_virtual_board_new ("pyboard,speed=0,running=on,serial=" SERIAL, &error);
  assert_no_error (error);
  self->bus = jmp_usb_bus_new (&error);
  assert_no_error (error);
  self->monitor = jmp_monitor_new (self->bus);
  jmp_running_ids_add (ids, 0xF055, 0x9800);
  jmp_monitor_set_running_ids (self->monitor, ids);
  *state = self;
  return 0;
}

static int
bench_tear_down (void **state)
{
  Bench *self = *state;

  g_clear_object (&self->device);
  g_object_unref (self->monitor);
  jmp_usb_bus_unref (self->bus);
  mock_usbfs_free (self->mock);
  jmp_virtual_board_unref (self->board);
  g_free (self);
  return 0;
}

static gboolean
too_late_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static JmpDevice *
only_row (Bench *self)
{
  g_autoptr (JmpDevice) device = g_list_model_get_item (G_LIST_MODEL (self->monitor), 0);

  return device; /* the list keeps it */
}

/* Runs the main loop until the one row is in @mode. */
static void
wait_for (Bench *self, JmpDeviceMode mode)
{
  gboolean too_late = FALSE;
  guint timer = g_timeout_add_seconds (LIMIT_S, too_late_cb, &too_late);

  while (!too_late && (only_row (self) == NULL || jmp_device_get_mode (only_row (self)) != mode))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  assert_false (too_late);
}

static char *
read_version (JmpDevice *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpSerial) serial = jmp_device_open_serial (device, &error);
  g_autoptr (JmpRunning) running = NULL;

  assert_no_error (error);
  running = jmp_console_read (serial, LONG_MS, NULL, &error);
  assert_no_error (error);
  return g_strdup (running->version);
}

static void
test_console_and_monitor_follow_a_board (void **state)
{
  Bench *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *version = NULL;
  JmpSerial *serial;

  mock_usbfs_plug (self->mock, self->board);
  jmp_monitor_start (self->monitor);
  wait_for (self, JMP_DEVICE_RUNNING);
  self->device = g_object_ref (only_row (self));
  jmp_monitor_hold (self->monitor, self->device);
  assert_string_equal (jmp_device_get_path (self->device), "1-1");
  assert_string_equal (jmp_device_get_name (self->device), "Pyboard");
  assert_string_equal (jmp_device_get_serial (self->device), SERIAL);
  assert_true (g_str_has_prefix (jmp_device_get_port_name (self->device), "/dev/ttyACM"));
  version = read_version (self->device);
  assert_string_equal (version, "1.18.0-practice");

  serial = jmp_device_open_serial (self->device, &error);
  assert_no_error (error);
  jmp_console_restart (serial, LONG_MS, NULL, &error);
  assert_no_error (error);
  jmp_serial_free (serial);
  wait_for (self, JMP_DEVICE_DFU);
  assert_ptr_equal (only_row (self), self->device);
  assert_string_equal (jmp_device_get_name (self->device), "Pyboard");

  /* a press on reset starts the program again */
  jmp_virtual_board_unplug (self->board);
  jmp_virtual_board_plug (self->board);
  wait_for (self, JMP_DEVICE_RUNNING);
  assert_ptr_equal (only_row (self), self->device);
  assert_non_null (jmp_device_get_port_name (self->device));
}

static void
test_console_scan_finds_running_boards (void **state)
{
  Bench *self = *state;
  g_autoptr (JmpRunningIds) ids = jmp_running_ids_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) without = NULL;
  g_autoptr (GPtrArray) with = NULL;

  jmp_running_ids_add (ids, 0xF055, 0x9800);
  mock_usbfs_plug (self->mock, self->board);
  mock_usbfs_settle (self->mock);
  without = jmp_device_scan (self->bus, &error);
  assert_no_error (error);
  assert_int_equal (without->len, 0);
  with = jmp_device_scan_all (self->bus, ids, &error);
  assert_no_error (error);
  assert_int_equal (with->len, 1);
  assert_int_equal (jmp_device_get_mode (with->pdata[0]), JMP_DEVICE_RUNNING);
  assert_null (jmp_device_open (with->pdata[0], &error));
  assert_error (
      error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "1-1 runs its program and is not in DFU mode");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_console_ports_are_listed),
    cmocka_unit_test (test_console_port_is_for_one),
    cmocka_unit_test (test_console_bad_boards),
    cmocka_unit_test (test_console_is_cancelled),
    cmocka_unit_test_setup_teardown (
        test_console_and_monitor_follow_a_board, bench_set_up, bench_tear_down),
    cmocka_unit_test_setup_teardown (
        test_console_scan_finds_running_boards, bench_set_up, bench_tear_down),
    cmocka_unit_test (test_console_port_without_permission),
  };
  g_autoptr (UMockdevTestbed) bed = umockdev_testbed_new ();

  /* only true once there is a test bed */
  if (!umockdev_in_mock_environment ())
    return 77;
  g_clear_object (&bed);
  return cmocka_run_group_tests_name ("usb/console", tests, NULL, NULL);
}
