/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Plain DFU, for which dfu-util is the second opinion on the virtual boards: what it sends is where the
 * kind puts it, and what it reads is that. And the way from a running program to its boot loader. */

#include "assert-text.h"
#include "base/bytes.h"
#include "base/error.h"
#include "bus-kit.h"
#include "device/detach.h"
#include "device/monitor.h"
#include "flash/run.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
  const char *spec;
  const char *ids;
  const char *alt;
  const char *reset; /* NULL: the board needs none */
  guint8 memory;     /* the alt setting to look at, and where the file is in it */
  guint32 address;
  JmpVirtualState ends;
  int status; /* dfu-util takes it for a failure when a board that has its file goes by itself */
} rows[] = {
  { "bluepill,speed=0", "1eaf:0003", "2", "-R", 0, 0x08002000, JMP_VIRTUAL_RUNNING },
  { "dapboot,speed=0", "1209:db42", "0", NULL, 0, 0x08002000, JMP_VIRTUAL_RUNNING, 74 },
  { "dfu10,speed=0", "1d50:5119", "1", NULL, 1, 0, JMP_VIRTUAL_IN_DFU },
  { "stm32mp1,speed=0", "0483:df11", "0", NULL, 0, 0, JMP_VIRTUAL_IN_DFU, 74 },
};

/* A file of 5000 bytes that looks like a program at @address. */
static char *
new_file (const char *dir, guint32 address, guint8 **data)
{
  char *file = g_build_filename (dir, "file.bin", NULL);
  g_autoptr (GError) error = NULL;

  *data = g_malloc (5000);
  for (guint i = 0; i < 5000; i++)
    (*data)[i] = (guint8)(i ^ (i >> 8) ^ 0x5A);
  jmp_put_u32 (*data, 0x20005000);
  jmp_put_u32 (*data + 4, address + 0x101);
  g_file_set_contents (file, (const char *)*data, 5000, &error);
  assert_no_error (error);
  return file;
}

static void
test_plain_boards_take_files_from_dfu_util (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *const specs[] = { rows[i].spec, NULL };
    BusKit *self = bus_kit_new (specs);
    g_autoptr (GError) error = NULL;
    g_autofree char *dir = g_dir_make_tmp ("jumper-XXXXXX", &error);
    g_autofree guint8 *data = NULL;
    g_autofree char *file = new_file (dir, rows[i].address, &data);
    g_autofree char *back = g_build_filename (dir, "back.bin", NULL);
    const char *const upload[] = { "-d", rows[i].ids, "-a", rows[i].alt, "-U", back, NULL };
    const char *const download[] = { "-d", rows[i].ids, "-a",          rows[i].alt,
                                     "-D", file,        rows[i].reset, NULL };
    g_auto (GStrv) violations = NULL;
    g_autofree char *contents = NULL;
    guint8 found[5000];
    gsize size;

    print_message ("%s\n", rows[i].spec);
    g_free (bus_kit_run_dfu_util (self, upload, 0));
    assert_true (g_file_get_contents (back, &contents, &size, NULL));
    assert_true (size > 5000);
    assert_true (jmp_virtual_board_peek (
        self->boards[0], rows[i].memory, rows[i].address, found, sizeof found));
    assert_memory_equal (contents, found, sizeof found);

    g_free (bus_kit_run_dfu_util (self, download, rows[i].status));
    assert_true (jmp_virtual_board_peek (
        self->boards[0], rows[i].memory, rows[i].address, found, sizeof found));
    assert_memory_equal (found, data, sizeof found);
    assert_int_equal (jmp_virtual_board_get_state (self->boards[0]), rows[i].ends);
    violations = jmp_virtual_board_get_violations (self->boards[0]);
    if (violations[0] != NULL)
      fail_msg ("dfu-util breaks a rule: %s", violations[0]);
    g_remove (file);
    g_remove (back);
    g_rmdir (dir);
    bus_kit_free (self);
  }
}

/* What Jumper writes is what dfu-util reads; the board stays in its boot loader for that. */
static void
test_plain_dfu_util_reads_what_was_flashed (void **state)
{
  const JmpPlanOptions options = { .verify = TRUE };

  for (gsize i = 0; i < 3; i++) {
    const char *const specs[] = { rows[i].spec, NULL };
    BusKit *self = bus_kit_new (specs);
    g_autoptr (GError) error = NULL;
    g_autofree char *dir = g_dir_make_tmp ("jumper-XXXXXX", &error);
    g_autofree guint8 *data = NULL;
    g_autofree char *file = new_file (dir, rows[i].address, &data);
    g_autofree char *back = g_build_filename (dir, "back.bin", NULL);
    const char *const upload[] = { "-d", rows[i].ids, "-a", rows[i].alt, "-U", back, NULL };
    JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_RAW);
    g_autoptr (GBytes) bytes = g_bytes_new (data, 5000);
    g_autoptr (JmpImage) image = NULL;
    g_autoptr (JmpPlan) plan = NULL;
    g_auto (JmpOutcome) outcome = { 0 };
    g_autofree char *contents = NULL;
    JmpDfu *dfu;
    gsize size;

    print_message ("%s\n", rows[i].spec);
    assert_true (jmp_image_builder_add (builder, (guint8)atoi (rows[i].alt), 0, bytes, &error));
    image = jmp_image_builder_end (builder, &error);
    assert_no_error (error);
    dfu = bus_kit_open (self, 0);
    plan = jmp_plan_flash (image, jmp_dfu_get_info (dfu), &options, &error);
    assert_no_error (error);
    jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error);
    assert_no_error (error);
    assert_int_equal (outcome.state, JMP_BOARD_COMPLETE);
    jmp_dfu_free (dfu);
    g_free (bus_kit_run_dfu_util (self, upload, 0));
    assert_true (g_file_get_contents (back, &contents, &size, NULL));
    assert_true (size > 5000);
    assert_memory_equal (contents, data, 5000);
    g_remove (file);
    g_remove (back);
    g_rmdir (dir);
    bus_kit_free (self);
  }
}

static gboolean
is_in_mode (BusKit *self, JmpDeviceMode mode)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = jmp_device_scan (self->bus, &error);

  assert_no_error (error);
  return devices->len == 1 && jmp_device_get_mode (devices->pdata[0]) == mode;
}

/* libusb learns of what comes and goes on a thread of its own. */
static void
wait_for_mode (BusKit *self, JmpDeviceMode mode)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!is_in_mode (self, mode)) {
    if (g_get_monotonic_time () > end)
      fail_msg ("the board does not come into %s mode", jmp_device_mode_to_string (mode));
    g_usleep (10000);
  }
}

static void
test_plain_detach_from_run_time_mode (void **state)
{
  const char *const specs[] = { "blackmagic,speed=0,runtime=on", NULL };
  BusKit *self = bus_kit_new (specs);
  g_autoptr (GError) error = NULL;
  JmpDfu *dfu;

  wait_for_mode (self, JMP_DEVICE_RUNNING);
  dfu = bus_kit_open (self, 0);
  assert_int_equal (jmp_dfu_get_info (dfu)->pid, 0x6018);
  jmp_dfu_detach (dfu, 1000, NULL, &error);
  assert_no_error (error);
  jmp_dfu_free (dfu);
  mock_usbfs_settle (self->mock);
  wait_for_mode (self, JMP_DEVICE_DFU);
  dfu = bus_kit_open (self, 0);
  assert_int_equal (jmp_dfu_get_info (dfu)->pid, 0x6017);
  jmp_dfu_free (dfu);
  bus_kit_free (self);
}

/* The whole way: asked, gone, back as another product at the same port, and recognised. */
static void
test_plain_detach_follows_the_board (void **state)
{
  static const struct {
    const char *spec;
    guint16 running;
    guint16 in_dfu;
  } kinds[] = {
    { "blackmagic,speed=0,runtime=on", 0x6018, 0x6017 },
    { "dapboot,speed=0,runtime=on", 0xDB42, 0xDB42 },
    { "dfu10,speed=0,runtime=on", 0x5119, 0x5119 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const char *const specs[] = { kinds[i].spec, "bluepill,speed=0", NULL };
    BusKit *self = bus_kit_new (specs);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) devices = jmp_device_scan (self->bus, &error);
    g_autoptr (JmpDevice) back = NULL;
    JmpDevice *device;

    print_message ("%s\n", kinds[i].spec);
    assert_no_error (error);
    assert_int_equal (devices->len, 2);
    device = devices->pdata[0];
    assert_string_equal (jmp_device_get_path (device), self->paths[0]);
    assert_true (jmp_detach_is_possible (device));
    assert_false (jmp_detach_is_possible (devices->pdata[1]));
    assert_int_equal (jmp_device_get_info (device)->pid, kinds[i].running);

    back = jmp_detach (self->bus, device, 20000, NULL, &error);
    assert_no_error (error);
    assert_int_equal (jmp_device_get_mode (back), JMP_DEVICE_DFU);
    assert_int_equal (jmp_device_get_info (back)->pid, kinds[i].in_dfu);
    assert_string_equal (jmp_device_get_path (back), self->paths[0]);
    assert_string_equal (jmp_device_get_serial (back),
                         jmp_virtual_board_get_serial (self->boards[0]));
    bus_kit_free (self);
  }
}

static void
test_plain_detach_can_be_cancelled (void **state)
{
  const char *const specs[] = { "blackmagic,speed=0,runtime=on", NULL };
  BusKit *self = bus_kit_new (specs);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = jmp_device_scan (self->bus, &error);

  assert_no_error (error);
  g_cancellable_cancel (cancellable);
  assert_null (jmp_detach (self->bus, devices->pdata[0], 20000, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  assert_true (jmp_virtual_board_is_run_time (self->boards[0]));
  bus_kit_free (self);
}

/* A board that is unplugged on the way is missed, and no other is taken for it. */
static void
test_plain_detach_misses_the_board (void **state)
{
  const char *const specs[] = { "dapboot,speed=0,runtime=on",
                                "dapboot,speed=0,serial=OTHER",
                                NULL };
  BusKit *self = bus_kit_new (specs);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = jmp_device_scan (self->bus, &error);

  assert_no_error (error);
  mock_usbfs_unplug (self->mock, self->paths[0]);
  assert_null (jmp_detach (self->bus, devices->pdata[0], 200, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, self->paths[0]);
  bus_kit_free (self);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_plain_boards_take_files_from_dfu_util),
    cmocka_unit_test (test_plain_dfu_util_reads_what_was_flashed),
    cmocka_unit_test (test_plain_detach_from_run_time_mode),
    cmocka_unit_test (test_plain_detach_follows_the_board),
    cmocka_unit_test (test_plain_detach_can_be_cancelled),
    cmocka_unit_test (test_plain_detach_misses_the_board),
  };

  if (!bus_kit_is_possible ())
    return 77;
  return cmocka_run_group_tests_name ("usb/plain", tests, NULL, NULL);
}
