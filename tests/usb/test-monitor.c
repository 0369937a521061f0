/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The monitor and the scan with real libusb: boards that come and go on a simulated usbfs. */

#include "assert-text.h"
#include "base/error.h"
#include "device/monitor.h"
#include "mock-usbfs.h"

#include <dlfcn.h>
#include <libusb.h>

/* What is waited for comes within a second or two; this is for a machine that has other things to do. */
#define LIMIT_S 30

/* What the monitor does where libusb tells of no changes, as on Windows. */
static gboolean no_hotplug;

/* In the place of libusb's own, which it calls in turn. */
int
libusb_hotplug_register_callback (libusb_context *context,
                                  int events,
                                  int flags,
                                  int vendor_id,
                                  int product_id,
                                  int dev_class,
                                  libusb_hotplug_callback_fn cb_fn,
                                  void *user_data,
                                  libusb_hotplug_callback_handle *callback_handle)
{
  __typeof__ (libusb_hotplug_register_callback) *real = NULL;

  if (no_hotplug)
    return LIBUSB_ERROR_NOT_SUPPORTED;
  *(void **)&real = dlsym (RTLD_NEXT, "libusb_hotplug_register_callback");
  return real (
      context, events, flags, vendor_id, product_id, dev_class, cb_fn, user_data, callback_handle);
}

typedef struct {
  MockUsbfs *mock;
  JmpVirtualBoard *boards[2];
  JmpUsbBus *bus;
  JmpMonitor *monitor;
  GListModel *rows;
} Fixture;

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  g_autoptr (GError) error = NULL;

  self->mock = mock_usbfs_new ();
  for (guint i = 0; i < G_N_ELEMENTS (self->boards); i++)
    self->boards[i] = jmp_virtual_board_new ("pyboard,speed=0,serial=206535A94D4B", &error);
  assert_no_error (error);
  self->bus = jmp_usb_bus_new (&error);
  assert_no_error (error);
  self->monitor = jmp_monitor_new (self->bus);
  self->rows = G_LIST_MODEL (self->monitor);
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;

  g_object_unref (self->monitor);
  jmp_usb_bus_unref (self->bus);
  mock_usbfs_free (self->mock);
  for (guint i = 0; i < G_N_ELEMENTS (self->boards); i++)
    jmp_virtual_board_unref (self->boards[i]);
  g_free (self);
  return 0;
}

/* The rows as "path mode, path mode". */
static char *
describe (Fixture *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (self->rows); i++) {
    g_autoptr (JmpDevice) device = g_list_model_get_item (self->rows, i);

    g_string_append_printf (text,
                            "%s%s %s",
                            i > 0 ? ", " : "",
                            jmp_device_get_path (device),
                            jmp_device_mode_to_string (jmp_device_get_mode (device)));
  }
  return g_string_free (text, FALSE);
}

static gboolean
too_late_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until the rows read @expected. */
static void
wait_for (Fixture *self, const char *expected)
{
  gboolean too_late = FALSE;
  guint timer = g_timeout_add_seconds (LIMIT_S, too_late_cb, &too_late);
  g_autofree char *text = describe (self);

  while (!too_late && !g_str_equal (text, expected)) {
    g_main_context_iteration (NULL, TRUE);
    g_free (text);
    text = describe (self);
  }
  g_source_remove (timer);
  assert_string_equal (text, expected);
}

/* An empty list says that nothing is there only after the first look. */
static void
test_monitor_tells_when_it_has_looked (void **state)
{
  Fixture *self = *state;

  assert_false (jmp_monitor_is_looking (self->monitor));
  jmp_monitor_start (self->monitor);
  assert_true (jmp_monitor_is_looking (self->monitor));
  while (jmp_monitor_is_looking (self->monitor))
    g_main_context_iteration (NULL, TRUE);
  assert_int_equal (g_list_model_get_n_items (self->rows), 0);
}

static void
test_monitor_finds_a_board_that_is_there (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpDevice) device = NULL;
  g_autoptr (JmpUsb) usb = NULL;
  g_autoptr (GError) error = NULL;

  mock_usbfs_plug (self->mock, self->boards[0]);
  assert_int_equal (g_list_model_get_n_items (self->rows), 0);
  jmp_monitor_start (self->monitor);
  wait_for (self, "1-1 dfu");
  device = g_list_model_get_item (self->rows, 0);
  assert_string_equal (jmp_device_get_id (device), "path:1-1");
  assert_string_equal (jmp_device_get_name (device), "STM32 board");
  assert_string_equal (jmp_device_get_serial (device), "206535A94D4B");
  assert_int_equal (jmp_device_get_info (device)->alts->len, 4);
  assert_null (jmp_device_get_problem (device));
  usb = jmp_device_open (device, &error);
  assert_no_error (error);
  assert_non_null (usb);
}

static void
test_monitor_follows_plugging (void **state)
{
  Fixture *self = *state;
  const char *path;

  jmp_monitor_start (self->monitor);
  path = mock_usbfs_plug (self->mock, self->boards[0]);
  wait_for (self, "1-1 dfu");
  mock_usbfs_unplug (self->mock, path);
  wait_for (self, "");
  mock_usbfs_replug (self->mock, path);
  wait_for (self, "1-1 dfu");
}

static int
set_up_without_hotplug (void **state)
{
  no_hotplug = TRUE;
  return set_up (state);
}

static int
tear_down_without_hotplug (void **state)
{
  no_hotplug = FALSE;
  return tear_down (state);
}

static void
test_monitor_follows_plugging_without_hotplug (void **state)
{
  Fixture *self = *state;
  const char *path;

  assert_false (jmp_usb_bus_can_watch (self->bus));
  jmp_monitor_start (self->monitor);
  path = mock_usbfs_plug (self->mock, self->boards[0]);
  wait_for (self, "1-1 dfu");
  mock_usbfs_plug (self->mock, self->boards[1]);
  wait_for (self, "1-1 dfu, 1-2 dfu");
  mock_usbfs_unplug (self->mock, path);
  wait_for (self, "1-2 dfu");
  mock_usbfs_replug (self->mock, path);
  wait_for (self, "1-2 dfu, 1-1 dfu");
}

static void
test_monitor_keeps_a_held_board (void **state)
{
  Fixture *self = *state;
  const char *path = mock_usbfs_plug (self->mock, self->boards[0]);
  g_autoptr (JmpDevice) device = NULL;
  g_autoptr (JmpDevice) again = NULL;
  g_autoptr (JmpUsb) usb = NULL;
  g_autoptr (GError) error = NULL;
  guint address;

  jmp_monitor_start (self->monitor);
  wait_for (self, "1-1 dfu");
  device = g_list_model_get_item (self->rows, 0);
  address = jmp_device_get_address (device);
  jmp_monitor_hold (self->monitor, device);
  mock_usbfs_unplug (self->mock, path);
  wait_for (self, "1-1 gone");
  assert_null (jmp_device_open (device, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
  g_clear_error (&error);

  mock_usbfs_replug (self->mock, path);
  wait_for (self, "1-1 dfu");
  again = g_list_model_get_item (self->rows, 0);
  assert_ptr_equal (again, device);
  assert_int_not_equal (jmp_device_get_address (device), address);
  usb = jmp_device_open (device, &error);
  assert_no_error (error);
  assert_non_null (usb);
}

static void
test_monitor_lists_a_board_without_permission (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpDevice) device = NULL;

  mock_usbfs_deny_open (self->mock, mock_usbfs_plug (self->mock, self->boards[0]));
  jmp_monitor_start (self->monitor);
  wait_for (self, "1-1 unusable");
  device = g_list_model_get_item (self->rows, 0);
  assert_error (jmp_device_get_problem (device), JMP_ERROR, JMP_ERROR_PERMISSION, NULL);
  assert_string_equal (jmp_device_get_name (device), "STM32 board");
  assert_null (jmp_device_get_serial (device));
  assert_int_equal (jmp_device_get_info (device)->vid, 0x0483);
  assert_int_equal (jmp_device_get_info (device)->pid, 0xDF11);
}

static void
test_monitor_equal_serials_are_two_rows (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpDevice) a = NULL;
  g_autoptr (JmpDevice) b = NULL;

  mock_usbfs_plug (self->mock, self->boards[0]);
  mock_usbfs_plug (self->mock, self->boards[1]);
  jmp_monitor_start (self->monitor);
  wait_for (self, "1-1 dfu, 1-2 dfu");
  a = g_list_model_get_item (self->rows, 0);
  b = g_list_model_get_item (self->rows, 1);
  assert_string_equal (jmp_device_get_serial (a), jmp_device_get_serial (b));
}

/* A board that was read is not opened again when the next one comes: it may be in use. */
static void
test_monitor_leaves_a_known_board_alone (void **state)
{
  Fixture *self = *state;
  const char *path = mock_usbfs_plug (self->mock, self->boards[0]);

  jmp_monitor_start (self->monitor);
  wait_for (self, "1-1 dfu");
  mock_usbfs_deny_open (self->mock, path);
  mock_usbfs_plug (self->mock, self->boards[1]);
  wait_for (self, "1-1 dfu, 1-2 dfu");
}

static void
test_monitor_keeps_its_rows_while_stopped (void **state)
{
  Fixture *self = *state;
  const char *path = mock_usbfs_plug (self->mock, self->boards[0]);
  g_autoptr (JmpDevice) before = NULL;
  g_autoptr (JmpDevice) after = NULL;

  jmp_monitor_start (self->monitor);
  wait_for (self, "1-1 dfu");
  before = g_list_model_get_item (self->rows, 0);
  jmp_monitor_stop (self->monitor);
  mock_usbfs_deny_open (self->mock, path);
  mock_usbfs_plug (self->mock, self->boards[1]);
  wait_for (self, "1-1 dfu");
  jmp_monitor_start (self->monitor);
  wait_for (self, "1-1 dfu, 1-2 dfu");
  after = g_list_model_get_item (self->rows, 0);
  assert_ptr_equal (before, after);
}

/* A board that never answers does not keep the monitor from ending. */
static void
test_monitor_stops_at_a_board_that_hangs (void **state)
{
  Fixture *self = *state;
  const char *path = mock_usbfs_plug (self->mock, self->boards[0]);

  mock_usbfs_hang (self->mock, path);
  jmp_monitor_start (self->monitor);
  while (mock_usbfs_get_under_way (self->mock, path) == 0)
    g_thread_yield ();
  jmp_monitor_stop (self->monitor);
  assert_int_equal (mock_usbfs_get_under_way (self->mock, path), 0);
}

static void
test_scan_sorts_and_lists_problems (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = jmp_device_scan (self->bus, &error);
  g_autoptr (GPtrArray) devices = NULL;

  assert_no_error (error);
  assert_int_equal (none->len, 0);
  mock_usbfs_deny_open (self->mock, mock_usbfs_plug (self->mock, self->boards[0]));
  mock_usbfs_plug (self->mock, self->boards[1]);
  devices = jmp_device_scan (self->bus, &error);
  assert_no_error (error);
  assert_int_equal (devices->len, 2);
  assert_string_equal (jmp_device_get_id (devices->pdata[0]), "path:1-1");
  assert_int_equal (jmp_device_get_mode (devices->pdata[0]), JMP_DEVICE_UNUSABLE);
  assert_string_equal (jmp_device_get_id (devices->pdata[1]), "path:1-2");
  assert_int_equal (jmp_device_get_mode (devices->pdata[1]), JMP_DEVICE_DFU);
}

#define BUS_TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    BUS_TEST (test_monitor_tells_when_it_has_looked),
    BUS_TEST (test_monitor_finds_a_board_that_is_there),
    BUS_TEST (test_monitor_follows_plugging),
    cmocka_unit_test_setup_teardown (test_monitor_follows_plugging_without_hotplug,
                                     set_up_without_hotplug,
                                     tear_down_without_hotplug),
    BUS_TEST (test_monitor_keeps_a_held_board),
    BUS_TEST (test_monitor_lists_a_board_without_permission),
    BUS_TEST (test_monitor_equal_serials_are_two_rows),
    BUS_TEST (test_monitor_leaves_a_known_board_alone),
    BUS_TEST (test_monitor_keeps_its_rows_while_stopped),
    BUS_TEST (test_monitor_stops_at_a_board_that_hangs),
    BUS_TEST (test_scan_sorts_and_lists_problems),
  };
  MockUsbfs *probe = mock_usbfs_new ();

  if (probe == NULL)
    return 77;
  mock_usbfs_free (probe);
  return cmocka_run_group_tests_name ("usb/monitor", tests, NULL, NULL);
}
