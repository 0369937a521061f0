/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole flash session over real libusb, recorded; then the same session again from the recording,
 * with no board. */

#include "assert-text.h"
#include "base/error.h"
#include "dfu/dfuse.h"
#include "flash/run.h"
#include "mock-usbfs.h"
#include "usb/bus.h"
#include "usb/recorder.h"

static void
line_cb (const char *line, gpointer user_data)
{
  g_string_append_printf (user_data, "%s\n", line);
}

static JmpImage *
new_image (void)
{
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  guint8 data[5000];
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  JmpImage *image;

  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8)(i * 7 + i / 256);
  bytes = g_bytes_new (data, sizeof data);
  assert_true (jmp_image_builder_add (builder, 0, 0x08004000, bytes, &error));
  image = jmp_image_builder_end (builder, &error);
  assert_no_error (error);
  return image;
}

/* The first board of a bus. */
static JmpUsb *
open_first (JmpUsbBus *bus, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = jmp_usb_bus_list (bus, &error);
  JmpUsb *usb = NULL;

  assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (jmp_usb_entry_get_path (entries->pdata[i]), path))
      usb = jmp_usb_bus_open (bus, entries->pdata[i], &error);
  assert_no_error (error);
  assert_non_null (usb);
  return usb;
}

/* Reads what the board is, and flashes it. Takes @usb over. */
static gboolean
flash (JmpUsb *usb, JmpOutcome *outcome, GError **error)
{
  g_autoptr (JmpUsb) owned = usb;
  g_autoptr (JmpImage) image = new_image ();
  const JmpPlanOptions options = { .verify = TRUE };
  g_autoptr (JmpDfuInfo) info = jmp_dfu_info_read (owned, NULL, error);
  g_autoptr (JmpDfu) dfu = NULL;
  g_autoptr (JmpPlan) plan = NULL;

  if (info == NULL)
    return FALSE;
  dfu = jmp_dfu_open (g_steal_pointer (&owned), info, error);
  if (dfu == NULL)
    return FALSE;
  plan = jmp_plan_flash (image, info, &options, error);
  return plan != NULL && jmp_flash_run (dfu, plan, NULL, NULL, NULL, outcome, error);
}

static GString *
record (JmpOutcome *outcome)
{
  g_autoptr (MockUsbfs) mock = mock_usbfs_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new ("pyboard,speed=0", &error);
  const char *path = mock_usbfs_plug (mock, board);
  g_autoptr (JmpUsbBus) bus = jmp_usb_bus_new (&error);
  GString *text = g_string_new (NULL);

  flash (jmp_usb_recorder_new (open_first (bus, path), line_cb, text), outcome, &error);
  assert_no_error (error);
  return text;
}

static void
test_recording_of_a_session_is_the_session (void **state)
{
  g_auto (JmpOutcome) real = { 0 };
  g_auto (JmpOutcome) replayed = { 0 };
  g_autoptr (GString) text = record (&real);
  g_autoptr (GString) again = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  JmpUsb *replay = jmp_usb_replay_new (text->str, &error);

  assert_no_error (error);
  flash (jmp_usb_recorder_new (replay, line_cb, again), &replayed, &error);
  assert_no_error (error);
  assert_int_equal (real.state, JMP_BOARD_COMPLETE);
  assert_int_equal (replayed.state, real.state);
  assert_int_equal (replayed.transfers, real.transfers);
  assert_int_equal (replayed.bytes_verified, real.bytes_verified);
}

static void
test_recording_of_another_session_fails (void **state)
{
  g_auto (JmpOutcome) real = { 0 };
  g_auto (JmpOutcome) replayed = { 0 };
  g_autoptr (GString) text = record (&real);
  char *erase = strstr (text->str, " 5 4100400008");
  g_autoptr (GError) error = NULL;
  JmpUsb *replay;

  /* as if the session had been one that erased the next sector */
  assert_non_null (erase);
  memcpy (erase, " 5 4100800008", strlen (" 5 4100800008"));
  replay = jmp_usb_replay_new (text->str, &error);
  assert_no_error (error);
  assert_false (flash (replay, &replayed, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_PROTOCOL, "of the recording");
  assert_int_equal (replayed.bytes_written, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_recording_of_a_session_is_the_session),
    cmocka_unit_test (test_recording_of_another_session_fails),
  };
  MockUsbfs *mock = mock_usbfs_new ();

  if (mock == NULL)
    return 77;
  mock_usbfs_free (mock);
  return cmocka_run_group_tests_name ("usb/recording", tests, NULL, NULL);
}
