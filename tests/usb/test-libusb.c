/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The libusb backend as it is, on a simulated usbfs with virtual boards. */

#include "assert-text.h"
#include "base/bytes.h"
#include "base/error.h"
#include "mock-usbfs.h"
#include "usb/bus.h"

/* Long enough to be sure that it was not the time limit that ended a call. */
#define NEVER_MS (600 * 1000)

static const JmpUsbSetup get_status = { 0xA1, 3, 0, 0, 6 };
static const JmpUsbSetup clear_status = { 0x21, 4, 0, 0, 0 };

typedef struct {
  MockUsbfs *mock;
  JmpVirtualBoard *board;
  const char *path;
  JmpUsbBus *bus;
} Fixture;

static JmpVirtualBoard *
new_board (const char *spec)
{
  g_autoptr (GError) error = NULL;
  JmpVirtualBoard *board = jmp_virtual_board_new (spec, &error);

  assert_no_error (error);
  return board;
}

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  g_autoptr (GError) error = NULL;

  self->mock = mock_usbfs_new ();
  self->board = new_board ("pyboard,speed=0");
  self->path = mock_usbfs_plug (self->mock, self->board);
  self->bus = jmp_usb_bus_new (&error);
  assert_no_error (error);
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;

  jmp_usb_bus_unref (self->bus);
  mock_usbfs_free (self->mock);
  jmp_virtual_board_unref (self->board);
  g_free (self);
  return 0;
}

/* The device at @path, or NULL. */
static JmpUsbEntry *
find (JmpUsbBus *bus, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = jmp_usb_bus_list (bus, &error);

  assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (jmp_usb_entry_get_path (entries->pdata[i]), path))
      return jmp_usb_entry_ref (entries->pdata[i]);
  return NULL;
}

static JmpUsb *
open_at (JmpUsbBus *bus, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpUsbEntry) entry = find (bus, path);
  JmpUsb *usb;

  assert_non_null (entry);
  usb = jmp_usb_bus_open (bus, entry, &error);
  assert_no_error (error);
  assert_true (jmp_usb_claim (usb, 0, &error));
  return usb;
}

static void
test_libusb_lists_a_board (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpUsbEntry) entry = find (self->bus, self->path);
  g_autoptr (GBytes) descriptors = jmp_virtual_board_get_descriptors (self->board);

  assert_non_null (entry);
  assert_true (jmp_usb_entry_get_address (entry) > 1);
  assert_true (g_bytes_equal (jmp_usb_entry_get_descriptors (entry), descriptors));
}

static void
test_libusb_reads_descriptors_and_strings (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpUsb) usb = open_at (self->bus, self->path);
  g_autoptr (GBytes) expected = jmp_virtual_board_get_descriptors (self->board);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) descriptors = jmp_usb_descriptors (usb, &error);
  const guint8 *data = g_bytes_get_data (expected, NULL);
  g_autofree char *serial = NULL;
  g_autofree char *layout = NULL;

  assert_no_error (error);
  assert_true (g_bytes_equal (descriptors, expected));
  serial = jmp_usb_string (usb, data[16], NULL, &error);
  assert_no_error (error);
  assert_string_equal (serial, jmp_virtual_board_get_serial (self->board));
  /* iInterface of the first alt setting */
  layout = jmp_usb_string (usb, data[18 + 9 + 8], NULL, &error);
  assert_no_error (error);
  assert_string_equal (layout, "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg");
}

static void
test_libusb_makes_dfu_transfers (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpUsb) usb = open_at (self->bus, self->path);
  g_autoptr (GError) error = NULL;
  JmpUsbSetup download = { 0x21, 1, 0, 0, 5 };
  guint8 command[5] = { 0x21, 0x00, 0x00, 0x00, 0x08 };
  guint8 status[6];

  assert_int_equal (jmp_usb_control (usb, &get_status, status, 1000, NULL, &error), 6);
  assert_int_equal (status[4], 10); /* dfuERROR, as the ROM starts */
  assert_int_equal (jmp_usb_control (usb, &clear_status, NULL, 1000, NULL, &error), 0);
  assert_int_equal (jmp_usb_control (usb, &download, command, 1000, NULL, &error), 5);
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 1000, NULL, &error), 6);
  assert_int_equal (status[4], 4); /* dfuDNBUSY */
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 1000, NULL, &error), 6);
  assert_int_equal (status[4], 5); /* dfuDNLOAD-IDLE */
  assert_no_error (error);
  assert_int_equal (jmp_virtual_board_get_counters (self->board).transfers, 5);
  assert_int_equal (jmp_virtual_board_get_counters (self->board).violations, 0);
}

static void
test_libusb_sets_the_alt_setting (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpUsb) usb = open_at (self->bus, self->path);
  g_autoptr (GError) error = NULL;
  JmpUsbSetup upload = { 0xA1, 2, 2, 0, 16 };
  guint8 bytes[16];
  guint8 expected[16];

  assert_true (jmp_usb_set_alt (usb, 0, 3, &error));
  assert_no_error (error);
  assert_false (jmp_usb_set_alt (usb, 0, 99, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FAILED, "alt setting 99");
  g_clear_error (&error);
  assert_true (jmp_usb_set_alt (usb, 0, 0, &error));
  assert_int_equal (jmp_usb_control (usb, &clear_status, NULL, 1000, NULL, &error), 0);
  assert_int_equal (jmp_usb_control (usb, &upload, bytes, 1000, NULL, &error), 16);
  assert_true (jmp_virtual_board_peek (self->board, 0, 0x08000000, expected, 16));
  assert_memory_equal (bytes, expected, 16);
}

static void
test_libusb_resets_the_port (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpUsb) usb = open_at (self->bus, self->path);
  g_autoptr (GError) error = NULL;
  guint8 status[6];

  assert_true (jmp_usb_reset (usb, &error));
  assert_no_error (error);
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 1000, NULL, &error), 6);
}

static void
test_libusb_interfaces_are_claimed_once (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpUsb) usb = open_at (self->bus, self->path);
  g_autoptr (JmpUsbEntry) entry = find (self->bus, self->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpUsb) other = jmp_usb_bus_open (self->bus, entry, &error);

  assert_no_error (error);
  assert_false (jmp_usb_claim (other, 0, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_BUSY, "interface 0");
  g_clear_error (&error);
  assert_false (jmp_usb_claim (usb, 5, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FAILED, "interface 5");
  g_clear_error (&error);
  g_clear_pointer (&usb, jmp_usb_free);
  assert_true (jmp_usb_claim (other, 0, &error));
}

static void
test_libusb_stall_is_told (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpUsb) usb = open_at (self->bus, self->path);
  g_autoptr (GError) error = NULL;
  guint8 status[6];

  mock_usbfs_stall_next (self->mock, self->path);
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 1000, NULL, &error), -1);
  assert_error (error, JMP_ERROR, JMP_ERROR_STALLED, NULL);
  g_clear_error (&error);
  /* a stall of endpoint 0 ends with the next setup stage (USB 2.0, 8.5.3.4) */
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 1000, NULL, &error), 6);
}

/* A board that is still there after an error on the wire was not unplugged. */
static void
test_libusb_lost_transfer_is_no_unplug (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpUsb) usb = open_at (self->bus, self->path);
  g_autoptr (GError) error = NULL;
  guint8 status[6];

  mock_usbfs_disturb_next (self->mock, self->path);
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 1000, NULL, &error), -1);
  assert_error (error, JMP_ERROR, JMP_ERROR_FAILED, "input/output");
  g_clear_error (&error);
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 1000, NULL, &error), 6);
}

static void
test_libusb_time_limit_ends_a_transfer (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpUsb) usb = open_at (self->bus, self->path);
  g_autoptr (GError) error = NULL;
  guint8 status[6];
  gint64 start = jmp_usb_now (usb);

  mock_usbfs_hang (self->mock, self->path);
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 50, NULL, &error), -1);
  assert_error (error, JMP_ERROR, JMP_ERROR_TIMED_OUT, NULL);
  assert_true (jmp_usb_now (usb) - start >= 50000);
  assert_int_equal (mock_usbfs_get_under_way (self->mock, self->path), 0);
}

/* Waits until a transfer is under way, and then does what the test is about. */
typedef struct {
  Fixture *fixture;
  GCancellable *cancellable; /* or else the board is pulled out */
} Disturbance;

static gpointer
disturb_thread (gpointer user_data)
{
  Disturbance *self = user_data;

  while (mock_usbfs_get_under_way (self->fixture->mock, self->fixture->path) == 0)
    g_usleep (1000);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    mock_usbfs_unplug (self->fixture->mock, self->fixture->path);
  return NULL;
}

static void
test_libusb_cancel_ends_a_transfer (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpUsb) usb = open_at (self->bus, self->path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Disturbance disturbance = { self, cancellable };
  GThread *thread;
  guint8 status[6];

  mock_usbfs_hang (self->mock, self->path);
  thread = g_thread_new ("cancel", disturb_thread, &disturbance);
  assert_int_equal (jmp_usb_control (usb, &get_status, status, NEVER_MS, cancellable, &error), -1);
  assert_true (jmp_error_is_cancelled (error));
  assert_int_equal (mock_usbfs_get_under_way (self->mock, self->path), 0);
  g_thread_join (thread);
}

static void
test_libusb_unplug_ends_a_transfer (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpUsb) usb = open_at (self->bus, self->path);
  g_autoptr (GError) error = NULL;
  Disturbance disturbance = { self, NULL };
  GThread *thread;
  guint8 status[6];

  mock_usbfs_hang (self->mock, self->path);
  thread = g_thread_new ("unplug", disturb_thread, &disturbance);
  assert_int_equal (jmp_usb_control (usb, &get_status, status, NEVER_MS, NULL, &error), -1);
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
  g_clear_error (&error);
  g_thread_join (thread);
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 1000, NULL, &error), -1);
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
  g_clear_error (&error);
  assert_false (jmp_usb_reset (usb, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
}

static void
test_libusb_open_may_be_denied (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpUsbEntry) entry = find (self->bus, self->path);
  g_autoptr (JmpUsbEntry) again = NULL;
  g_autoptr (GError) error = NULL;

  mock_usbfs_deny_open (self->mock, self->path);
  assert_null (jmp_usb_bus_open (self->bus, entry, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_PERMISSION, self->path);
  /* it is listed all the same */
  again = find (self->bus, self->path);
  assert_non_null (again);
  assert_true (g_bytes_get_size (jmp_usb_entry_get_descriptors (again)) > 18);
}

static void
test_libusb_open_of_a_lost_board (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpUsbEntry) entry = find (self->bus, self->path);
  g_autoptr (GError) error = NULL;

  mock_usbfs_unplug (self->mock, self->path);
  assert_null (jmp_usb_bus_open (self->bus, entry, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, self->path);
}

typedef struct {
  GMutex lock;
  GCond changed;
  guint count;
} Watch;

static void
changed_cb (gpointer user_data)
{
  Watch *watch = user_data;

  g_mutex_lock (&watch->lock);
  watch->count++;
  g_cond_signal (&watch->changed);
  g_mutex_unlock (&watch->lock);
}

static void
wait_for_change (Watch *watch)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  g_mutex_lock (&watch->lock);
  while (watch->count == 0)
    if (!g_cond_wait_until (&watch->changed, &watch->lock, end))
      fail_msg ("no change was told");
  watch->count = 0;
  g_mutex_unlock (&watch->lock);
}

static void
test_libusb_tells_of_changes (void **state)
{
  Fixture *self = *state;
  Watch watch = { 0 };
  guint address[2];

  assert_true (jmp_usb_bus_can_watch (self->bus));
  jmp_usb_bus_watch (self->bus, changed_cb, &watch);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (JmpUsbEntry) before = find (self->bus, self->path);
    g_autoptr (JmpUsbEntry) gone = NULL;
    g_autoptr (JmpUsbEntry) after = NULL;

    assert_non_null (before);
    mock_usbfs_unplug (self->mock, self->path);
    wait_for_change (&watch);
    gone = find (self->bus, self->path);
    assert_null (gone);
    mock_usbfs_replug (self->mock, self->path);
    wait_for_change (&watch);
    after = find (self->bus, self->path);
    assert_non_null (after);
    address[i] = jmp_usb_entry_get_address (after);
    assert_int_not_equal (address[i], jmp_usb_entry_get_address (before));
  }
  jmp_usb_bus_unwatch (self->bus);
  watch.count = 0;
  mock_usbfs_unplug (self->mock, self->path);
  assert_int_equal (watch.count, 0);
}

static void
test_libusb_serves_several_boards (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpVirtualBoard) nucleo = new_board ("nucleo-h743,speed=0");
  g_autoptr (JmpVirtualBoard) discovery = new_board ("f072,speed=0");
  const char *nucleo_path = mock_usbfs_plug (self->mock, nucleo);
  const char *discovery_path = mock_usbfs_plug (self->mock, discovery);
  g_autoptr (JmpUsbBus) bus = jmp_usb_bus_new (NULL);
  g_autoptr (JmpUsb) first = open_at (bus, self->path);
  g_autoptr (JmpUsb) second = open_at (bus, nucleo_path);
  g_autoptr (JmpUsb) third = open_at (bus, discovery_path);
  g_autoptr (GError) error = NULL;
  guint8 status[6];

  mock_usbfs_hang (self->mock, nucleo_path);
  assert_int_equal (jmp_usb_control (first, &get_status, status, 1000, NULL, &error), 6);
  assert_int_equal (jmp_usb_control (second, &get_status, status, 20, NULL, &error), -1);
  assert_error (error, JMP_ERROR, JMP_ERROR_TIMED_OUT, NULL);
  g_clear_error (&error);
  mock_usbfs_unplug (self->mock, nucleo_path);
  assert_int_equal (jmp_usb_control (third, &get_status, status, 1000, NULL, &error), 6);
  assert_int_equal (jmp_usb_control (first, &get_status, status, 1000, NULL, &error), 6);
  assert_int_equal (jmp_usb_control (second, &get_status, status, 1000, NULL, &error), -1);
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
}

static void
test_libusb_names_the_ports_of_hubs (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  const char *path = mock_usbfs_plug_behind_hub (self->mock, board, 4);
  g_autoptr (JmpUsb) usb = NULL;
  g_autoptr (GError) error = NULL;
  guint8 status[6];

  assert_string_equal (path, "1-2.4");
  usb = open_at (self->bus, path);
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 1000, NULL, &error), 6);
  assert_int_equal (jmp_virtual_board_get_counters (board).transfers, 1);
}

/* A ROM holds the transfer behind an erase until that is done. */
static void
test_libusb_waits_for_a_busy_board (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=10");
  const char *path = mock_usbfs_plug (self->mock, board);
  g_autoptr (JmpUsb) usb = open_at (self->bus, path);
  g_autoptr (GError) error = NULL;
  JmpUsbSetup download = { 0x21, 1, 0, 0, 5 };
  guint8 command[5] = { 0x41, 0x00, 0x40, 0x00, 0x08 };
  guint8 status[6];
  gint64 start = jmp_virtual_board_now (board);

  assert_int_equal (jmp_usb_control (usb, &clear_status, NULL, 5000, NULL, &error), 0);
  assert_int_equal (jmp_usb_control (usb, &download, command, 5000, NULL, &error), 5);
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 5000, NULL, &error), 6);
  assert_int_equal (status[4], 4);
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 5000, NULL, &error), 6);
  assert_int_equal (status[4], 5);
  /* a sector of 16 KiB takes 250 ms, on the board's clock, which runs ten times as fast */
  assert_true (jmp_virtual_board_now (board) - start >= 250 * 1000);
  assert_int_equal (jmp_virtual_board_get_counters (board).sectors_erased, 1);
}

static void
test_libusb_loses_a_board_that_starts (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpUsb) usb = open_at (self->bus, self->path);
  g_autoptr (JmpUsbEntry) gone = NULL;
  g_autoptr (GError) error = NULL;
  JmpUsbSetup leave = { 0x21, 1, 0, 0, 0 };
  guint8 status[6];

  assert_int_equal (jmp_usb_control (usb, &clear_status, NULL, 1000, NULL, &error), 0);
  assert_int_equal (jmp_usb_control (usb, &leave, NULL, 1000, NULL, &error), 0);
  /* how this one ends differs between boards; that the board has left is what counts */
  jmp_usb_control (usb, &get_status, status, 1000, NULL, NULL);
  mock_usbfs_settle (self->mock);
  assert_int_equal (jmp_virtual_board_get_state (self->board), JMP_VIRTUAL_RUNNING);
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 1000, NULL, &error), -1);
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
  gone = find (self->bus, self->path);
  assert_null (gone);
}

static void
test_libusb_outlives_its_bus_reference (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpUsb) usb = NULL;
  g_autoptr (GError) error = NULL;
  guint8 status[6];

  {
    g_autoptr (JmpUsbBus) bus = jmp_usb_bus_new (&error);

    assert_no_error (error);
    usb = open_at (bus, self->path);
  }
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 1000, NULL, &error), 6);
}

int
main (void)
{
#define WITH_BOARD(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    WITH_BOARD (test_libusb_lists_a_board),
    WITH_BOARD (test_libusb_reads_descriptors_and_strings),
    WITH_BOARD (test_libusb_makes_dfu_transfers),
    WITH_BOARD (test_libusb_sets_the_alt_setting),
    WITH_BOARD (test_libusb_resets_the_port),
    WITH_BOARD (test_libusb_interfaces_are_claimed_once),
    WITH_BOARD (test_libusb_stall_is_told),
    WITH_BOARD (test_libusb_lost_transfer_is_no_unplug),
    WITH_BOARD (test_libusb_time_limit_ends_a_transfer),
    WITH_BOARD (test_libusb_cancel_ends_a_transfer),
    WITH_BOARD (test_libusb_unplug_ends_a_transfer),
    WITH_BOARD (test_libusb_open_may_be_denied),
    WITH_BOARD (test_libusb_open_of_a_lost_board),
    WITH_BOARD (test_libusb_tells_of_changes),
    WITH_BOARD (test_libusb_serves_several_boards),
    WITH_BOARD (test_libusb_names_the_ports_of_hubs),
    WITH_BOARD (test_libusb_waits_for_a_busy_board),
    WITH_BOARD (test_libusb_loses_a_board_that_starts),
    WITH_BOARD (test_libusb_outlives_its_bus_reference),
  };
  MockUsbfs *mock = mock_usbfs_new ();

  if (mock == NULL)
    return 77;
  mock_usbfs_free (mock);
  return cmocka_run_group_tests_name ("usb/libusb", tests, NULL, NULL);
}
