/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "script-usb.h"

#include "base/error.h"

#include <string.h>

static void
test_dfu_alt_that_cannot_be_chosen (void **state)
{
  JmpDfu *dfu = script_dfu_new ("no alt", "SETALT 9 = stall\n", OLD_ROM);
  g_autoptr (GError) error = NULL;

  assert_false (jmp_dfu_select_alt (dfu, 9, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_STALLED, "alt setting 9");
  assert_int_equal (jmp_dfu_get_alt (dfu), -1);
  jmp_dfu_free (dfu);
}

static void
test_dfu_requests (void **state)
{
  static const guint8 command[] = { 0x21, 0x00, 0x00, 0x00, 0x08 };
  const ScriptRow row = { .name = "requests", .code = SCRIPT_OK };
  JmpDfu *dfu = script_dfu_new (row.name,
                                "DETACH 1000 = ok\n"
                                "DNLOAD 0 21 00 00 00 08 = ok\n"
                                "DNLOAD 7 = ok\n"
                                "UPLOAD 2 4 = 01 02 03\n"
                                "GETSTATUS = errVERIFY 74565 dfuMANIFEST 7\n"
                                "CLRSTATUS = ok\n"
                                "GETSTATE = 09\n"
                                "ABORT = ok\n",
                                OLD_ROM);
  JmpDfuStatus status;
  guint8 data[4];
  guint8 now;

  assert_true (jmp_dfu_detach (dfu, 1000, NULL, NULL));
  assert_true (jmp_dfu_download (dfu, 0, command, sizeof command, NULL, NULL));
  assert_true (jmp_dfu_download (dfu, 7, NULL, 0, NULL, NULL));
  assert_int_equal (jmp_dfu_upload (dfu, 2, data, 4, NULL, NULL), 3);
  assert_int_equal (data[2], 3);
  assert_true (jmp_dfu_get_status (dfu, 1000, &status, NULL, NULL));
  assert_int_equal (status.status, 7);
  assert_int_equal (status.poll_ms, 0x012345);
  assert_int_equal (status.state, JMP_DFU_MANIFEST);
  assert_int_equal (status.string, 7);
  assert_true (jmp_dfu_clear_status (dfu, NULL, NULL));
  assert_true (jmp_dfu_get_state (dfu, &now, NULL, NULL));
  assert_int_equal (now, 9);
  assert_true (jmp_dfu_abort (dfu, NULL, NULL));
  assert_int_equal (jmp_dfu_get_transfers (dfu), 8);
  script_check_end (dfu, &row, TRUE, NULL);
}

static void
test_dfu_requests_that_fail_say_which (void **state)
{
  static const guint8 block[16] = { 0 };
  JmpDfu *dfu = script_dfu_new ("failures",
                                "DNLOAD 5 (16 bytes) = none\n"
                                "DNLOAD 5 (16 bytes) = stall\n"
                                "UPLOAD 6 4 = stall\n"
                                "GETSTATE = none\n"
                                "ABORT = io\n"
                                "CLRSTATUS = timeout\n"
                                "DETACH 5 = gone\n",
                                OLD_ROM);
  guint8 data[4];
  GError *error = NULL;

  assert_false (jmp_dfu_download (dfu, 5, block, sizeof block, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_PROTOCOL, "DNLOAD of block 5: the device took 0 of 16");
  g_clear_error (&error);
  assert_false (jmp_dfu_download (dfu, 5, block, sizeof block, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_STALLED, "DNLOAD of block 5");
  g_clear_error (&error);
  assert_int_equal (jmp_dfu_upload (dfu, 6, data, 4, NULL, &error), -1);
  assert_error (error, JMP_ERROR, JMP_ERROR_STALLED, "UPLOAD of block 6");
  g_clear_error (&error);
  assert_false (jmp_dfu_get_state (dfu, data, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_PROTOCOL, "GETSTATE");
  g_clear_error (&error);
  assert_false (jmp_dfu_abort (dfu, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FAILED, "ABORT");
  g_clear_error (&error);
  assert_false (jmp_dfu_clear_status (dfu, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_TIMED_OUT, "CLRSTATUS");
  g_clear_error (&error);
  assert_false (jmp_dfu_detach (dfu, 5, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "DETACH");
  g_clear_error (&error);
  script_usb_assert_finished (jmp_dfu_get_usb (dfu));
  jmp_dfu_free (dfu);
}

static void
test_dfu_poll_time_out_of_the_quirk_table (void **state)
{
  JmpDfu *dfu = script_dfu_new (
      "Freerunner", "GETSTATUS = OK 65535 dfuDNBUSY\n", 0x1D50, 0x5119, 0);
  JmpDfuStatus status;

  assert_true (jmp_dfu_get_status (dfu, 1000, &status, NULL, NULL));
  assert_int_equal (status.poll_ms, 5);
  jmp_dfu_free (dfu);
}

/* Cancelled: nothing new goes over the wire, but the polls behind a DNLOAD do. */
static void
test_dfu_cancel_is_looked_at_between_transfers (void **state)
{
  static const guint8 block[4] = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  JmpDfu *dfu = script_dfu_new ("cancelled",
                                "DNLOAD 2 00 00 00 00 = ok\n"
                                "GETSTATUS = OK 1000 dfuDNBUSY\n"
                                "GETSTATUS = OK 1000 dfuDNBUSY\n"
                                "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n",
                                OLD_ROM);
  JmpDfuStatus status;
  guint8 data[4];
  GError *error = NULL;

  assert_true (jmp_dfu_download (dfu, 2, block, 4, cancellable, &error));
  g_cancellable_cancel (cancellable);
  assert_true (jmp_dfu_finish_download (dfu, 20000, &error));
  assert_false (jmp_dfu_download (dfu, 3, block, 4, cancellable, &error));
  assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
  g_clear_error (&error);
  assert_int_equal (jmp_dfu_upload (dfu, 3, data, 4, cancellable, &error), -1);
  assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
  g_clear_error (&error);
  assert_false (jmp_dfu_get_status (dfu, 1000, &status, cancellable, &error));
  assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
  g_clear_error (&error);
  assert_false (jmp_dfu_abort (dfu, cancellable, &error));
  assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
  g_clear_error (&error);
  assert_false (jmp_dfu_select_alt (dfu, 1, cancellable, &error));
  assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
  g_clear_error (&error);
  assert_false (jmp_dfu_to_idle (dfu, cancellable, &error));
  assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
  g_clear_error (&error);
  script_usb_assert_finished (jmp_dfu_get_usb (dfu));
  assert_int_equal (jmp_dfu_get_transfers (dfu), 4);
  jmp_dfu_free (dfu);
}

static void
test_dfu_open_waits_for_a_busy_interface (void **state)
{
  g_autoptr (JmpDfuInfo) info = script_info_new (OLD_ROM);
  JmpUsb *usb = script_usb_new ("claim", "CLAIM 0 = busy\nCLAIM 0 = busy\nCLAIM 0 = ok\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDfu) dfu = jmp_dfu_open (usb, info, &error);

  assert_no_error (error);
  assert_string_equal (script_usb_waits (usb), "100 100");
  assert_ptr_equal (jmp_dfu_get_usb (dfu), usb);
  assert_ptr_equal (jmp_dfu_get_info (dfu), info);
}

static void
test_dfu_open_gives_up (void **state)
{
  static const ScriptRow rows[] = {
    { "another program keeps it", "forever CLAIM 0 = busy\n", JMP_ERROR_BUSY, NULL, NULL },
    { "gone", "CLAIM 0 = gone\n", JMP_ERROR_DISCONNECTED, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JmpDfuInfo) info = script_info_new (OLD_ROM);
    g_autoptr (GError) error = NULL;
    JmpUsb *usb = script_usb_new (rows[i].name, rows[i].script);

    assert_null (jmp_dfu_open (usb, info, &error));
    assert_error (error, JMP_ERROR, rows[i].code, NULL);
  }
}

static void
test_dfu_names (void **state)
{
  assert_string_equal (jmp_dfu_state_to_string (JMP_DFU_UPLOAD_IDLE), "dfuUPLOAD-IDLE");
  assert_string_equal (jmp_dfu_state_to_string (10), "dfuERROR");
  assert_string_equal (jmp_dfu_state_to_string (11), "unknown state");
  assert_string_equal (jmp_dfu_status_to_string (0), "OK");
  assert_string_equal (jmp_dfu_status_to_string (0x0B), "errVENDOR");
  assert_string_equal (jmp_dfu_status_to_string (0x0F), "errSTALLEDPKT");
  assert_string_equal (jmp_dfu_status_to_string (0x10), "unknown status");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_dfu_alt_that_cannot_be_chosen),
    cmocka_unit_test (test_dfu_requests),
    cmocka_unit_test (test_dfu_requests_that_fail_say_which),
    cmocka_unit_test (test_dfu_poll_time_out_of_the_quirk_table),
    cmocka_unit_test (test_dfu_cancel_is_looked_at_between_transfers),
    cmocka_unit_test (test_dfu_open_waits_for_a_busy_interface),
    cmocka_unit_test (test_dfu_open_gives_up),
    cmocka_unit_test (test_dfu_names),
  };

  return cmocka_run_group_tests_name ("core/dfu/dfu", tests, NULL, NULL);
}
