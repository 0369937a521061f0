/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Plain DFU 1.1 on a script, which knows every transfer. */

#include "assert-text.h"
#include "base/error.h"
#include "dfu/plain.h"
#include "script-usb.h"

#include <string.h>

#define MAPLE 0x1EAF, 0x0003, 0x0201
#define END   "DNLOAD 3 = ok\n"
#define IDLE  "GETSTATUS = OK 0 dfuIDLE\n"

/* How a download ends; @left: where the device is then. */
static const struct {
  ScriptRow row;
  JmpPlainEnd end;
} endings[] = {
  { { "goes at once", END "GETSTATUS = gone\n", SCRIPT_OK, NULL, "" }, JMP_PLAIN_LEFT },
  { { "manifests and goes",
      END "GETSTATUS = OK 50 dfuMANIFEST\nGETSTATUS = gone\n",
      SCRIPT_OK,
      NULL,
      "50" },
    JMP_PLAIN_LEFT },
  { { "tolerant: manifests and is idle",
      END "GETSTATUS = OK 0 dfuMANIFEST-SYNC\nGETSTATUS = OK 300 dfuMANIFEST\n" IDLE,
      SCRIPT_OK,
      NULL,
      "20 300" },
    JMP_PLAIN_STAYS },
  { { "waits for a reset and goes",
      END "GETSTATUS = OK 1 dfuMANIFEST\nGETSTATUS = OK 0 dfuMANIFEST-WAIT-RESET\nRESET = gone\n",
      SCRIPT_OK,
      NULL,
      "1" },
    JMP_PLAIN_LEFT },
  { { "goes behind the reset",
      END "GETSTATUS = OK 0 dfuMANIFEST-WAIT-RESET\nRESET = ok\nGETSTATUS = gone\n",
      SCRIPT_OK,
      NULL,
      "" },
    JMP_PLAIN_LEFT },
  { { "is a boot loader again behind the reset",
      END "GETSTATUS = OK 0 dfuMANIFEST-WAIT-RESET\nRESET = ok\n" IDLE,
      SCRIPT_OK,
      NULL,
      "" },
    JMP_PLAIN_STAYS },
  { { "does not take its program for a good one",
      END "GETSTATUS = OK 0 dfuMANIFEST-WAIT-RESET\nRESET = ok\n"
          "GETSTATUS = errFIRMWARE 0 dfuERROR\n",
      JMP_ERROR_DEVICE_STATUS,
      "ending the download: the device reports errFIRMWARE",
      "" },
    JMP_PLAIN_LEFT },
  { { "cannot be reset",
      END "GETSTATUS = OK 0 dfuMANIFEST-WAIT-RESET\nRESET = io\n",
      JMP_ERROR_FAILED,
      "resetting the device",
      "" },
    JMP_PLAIN_LEFT },
  { { "refuses while it manifests",
      END "GETSTATUS = OK 1 dfuMANIFEST\nGETSTATUS = errVERIFY 0 dfuERROR\n",
      JMP_ERROR_DEVICE_STATUS,
      "errVERIFY",
      "1" },
    JMP_PLAIN_STAYS },
  { { "does not answer while it manifests",
      END "GETSTATUS = OK 10 dfuMANIFEST\nGETSTATUS = stall\nGETSTATUS = timeout\nGETSTATUS = "
          "gone\n",
      SCRIPT_OK,
      NULL,
      "10 10 10" },
    JMP_PLAIN_LEFT },
  { { "ignores the end",
      END "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n",
      JMP_ERROR_PROTOCOL,
      "state dfuDNLOAD-IDLE after the end",
      "" },
    JMP_PLAIN_STAYS },
  { { "unplugged before the end",
      "DNLOAD 3 = gone\n",
      JMP_ERROR_DISCONNECTED,
      "ending the download",
      "" },
    JMP_PLAIN_STAYS },
  { { "stalls the end", "DNLOAD 3 = stall\n", JMP_ERROR_STALLED, "DNLOAD of block 3", "" },
    JMP_PLAIN_STAYS },
  { { "asks for a pause of hours",
      END "GETSTATUS = OK 16777215 dfuMANIFEST\nGETSTATUS = gone\n",
      SCRIPT_OK,
      NULL,
      "5000" },
    JMP_PLAIN_LEFT },
};

static void
test_plain_manifest (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    const ScriptRow *row = &endings[i].row;
    JmpDfu *dfu = script_dfu_new (row->name, row->script, MAPLE);
    g_autoptr (GError) error = NULL;
    JmpPlainEnd end;
    gboolean done = jmp_plain_manifest (dfu, 3, &end, NULL, &error);

    if (done && end != endings[i].end)
      fail_msg ("%s: ends elsewhere", row->name);
    script_check_end (dfu, row, done, error);
  }
}

/* One that says that it stays was pulled out. */
static void
test_plain_manifest_of_one_that_stays (void **state)
{
  JmpDfu *dfu = script_dfu_new (
      "pulled out", END "GETSTATUS = OK 0 dfuMANIFEST\nGETSTATUS = gone\n", MAPLE);
  g_autoptr (GError) error = NULL;
  JmpPlainEnd end;

  jmp_dfu_get_info (dfu)->attributes = JMP_DFU_MANIFESTATION_TOLERANT;
  assert_false (jmp_plain_manifest (dfu, 3, &end, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "ending the download");
  jmp_dfu_free (dfu);
}

/* A device that never gets on is given up, and is not disturbed by CLRSTATUS or ABORT. */
static void
test_plain_manifest_has_a_limit (void **state)
{
  JmpDfu *dfu = script_dfu_new (
      "never ends", END "forever GETSTATUS = OK 100 dfuMANIFEST\n", MAPLE);
  g_autoptr (GError) error = NULL;
  JmpPlainEnd end;

  assert_false (jmp_plain_manifest (dfu, 3, &end, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_TIMED_OUT, "stays in state dfuMANIFEST");
  assert_in_range (script_usb_elapsed_ms (jmp_dfu_get_usb (dfu)), 40000, 41000);
  jmp_dfu_free (dfu);
}

static const ScriptRow restarts[] = {
  { "gone", "RESET = gone\n", SCRIPT_OK },
  { "runs its program", "RESET = ok\nGETSTATUS = OK 0 appIDLE\n", SCRIPT_OK },
  { "does not answer", "RESET = ok\nGETSTATUS = stall\n", SCRIPT_OK },
  { "no program",
    "RESET = ok\nGETSTATUS = errFIRMWARE 0 dfuERROR\n",
    JMP_ERROR_DEVICE_STATUS,
    "errFIRMWARE" },
};

static void
test_plain_restart (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (restarts); i++) {
    JmpDfu *dfu = script_dfu_new (restarts[i].name, restarts[i].script, MAPLE);
    g_autoptr (GError) error = NULL;
    JmpPlainEnd end;
    gboolean done = jmp_plain_restart (dfu, &end, &error);

    assert_true (!done || end == JMP_PLAIN_LEFT);
    script_check_end (dfu, &restarts[i], done, error);
  }
}

static const ScriptRow writes[] = {
  { "works",
    "DNLOAD 7 01 02 03 04 = ok\nGETSTATUS = OK 32 dfuDNBUSY\nGETSTATUS = OK 0 dfuDNLOAD-IDLE\n",
    SCRIPT_OK },
  { "is done at once", "DNLOAD 7 01 02 03 04 = ok\nGETSTATUS = OK 0 dfuDNLOAD-IDLE\n", SCRIPT_OK },
  { "refused",
    "DNLOAD 7 01 02 03 04 = ok\n"
    "GETSTATUS = errADDRESS 0 dfuERROR\n"
    "GETSTATUS = errADDRESS 0 dfuERROR\n"
    "CLRSTATUS = ok\n" IDLE,
    JMP_ERROR_DEVICE_STATUS,
    "errADDRESS" },
  { "stalled",
    "DNLOAD 7 01 02 03 04 = stall\n"
    "GETSTATUS = errTARGET 0 dfuERROR\n"
    "GETSTATUS = errTARGET 0 dfuERROR\n"
    "CLRSTATUS = ok\n" IDLE,
    JMP_ERROR_DEVICE_STATUS,
    "errTARGET" },
  { "gone", "DNLOAD 7 01 02 03 04 = gone\n", JMP_ERROR_DISCONNECTED },
};

static void
test_plain_write_block (void **state)
{
  static const guint8 bytes[] = { 1, 2, 3, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (writes); i++) {
    JmpDfu *dfu = script_dfu_new (writes[i].name, writes[i].script, MAPLE);
    g_autoptr (GError) error = NULL;
    gboolean done = jmp_plain_write_block (dfu, 7, bytes, sizeof bytes, NULL, &error);

    script_check_end (dfu, &writes[i], done, error);
  }
}

static const struct {
  ScriptRow row;
  gssize got;
} reads[] = {
  { { "a short block", "UPLOAD 5 2048 = 01 02 03\n", SCRIPT_OK }, 3 },
  { { "no bytes", "UPLOAD 5 2048 = none\n", SCRIPT_OK }, 0 },
  { { "refused",
      "UPLOAD 5 2048 = stall\n"
      "GETSTATUS = errSTALLEDPKT 0 dfuERROR\n"
      "GETSTATUS = errSTALLEDPKT 0 dfuERROR\n"
      "CLRSTATUS = ok\n" IDLE,
      JMP_ERROR_DEVICE_STATUS,
      "errSTALLEDPKT" },
    -1 },
  { { "gone", "UPLOAD 5 2048 = gone\n", JMP_ERROR_DISCONNECTED }, -1 },
};

static void
test_plain_read_block (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (reads); i++) {
    JmpDfu *dfu = script_dfu_new (reads[i].row.name, reads[i].row.script, MAPLE);
    g_autoptr (GError) error = NULL;
    guint8 data[2048];
    gssize got = jmp_plain_read_block (dfu, 5, data, NULL, &error);

    assert_int_equal (got, reads[i].got);
    script_check_end (dfu, &reads[i].row, got >= 0, error);
  }
}

#define WILL_DETACH (JMP_DFU_CAN_DOWNLOAD | JMP_DFU_WILL_DETACH)
#define WAITS       JMP_DFU_CAN_DOWNLOAD

static const struct {
  ScriptRow row;
  guint8 attributes;
} detaches[] = {
  { { "goes by itself", "DETACH 255 = ok\n", SCRIPT_OK }, WILL_DETACH },
  { { "is gone already", "DETACH 255 = gone\n", SCRIPT_OK }, WILL_DETACH },
  { { "goes without a word", "DETACH 255 = timeout\n", SCRIPT_OK }, WILL_DETACH },
  { { "gets a reset", "DETACH 255 = ok\nRESET = ok\n", SCRIPT_OK }, WAITS },
  { { "goes with the reset", "DETACH 255 = ok\nRESET = gone\n", SCRIPT_OK }, WAITS },
  { { "refuses", "DETACH 255 = stall\n", JMP_ERROR_STALLED, "DETACH" }, WAITS },
  { { "cannot be reset", "DETACH 255 = ok\nRESET = io\n", JMP_ERROR_FAILED, "resetting" }, WAITS },
};

static void
test_plain_detach (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (detaches); i++) {
    const ScriptRow *row = &detaches[i].row;
    JmpDfu *dfu = script_dfu_new (row->name, row->script, MAPLE);
    JmpDfuInfo *info = jmp_dfu_get_info (dfu);
    g_autoptr (GError) error = NULL;
    gboolean done;

    info->attributes = detaches[i].attributes;
    info->detach_timeout_ms = 255;
    done = jmp_plain_detach (dfu, NULL, &error);
    script_check_end (dfu, row, done, error);
  }
}

/* A device that gives no time to detach in gets one. */
static void
test_plain_detach_without_a_time (void **state)
{
  JmpDfu *dfu = script_dfu_new ("no time", "DETACH 1000 = ok\n", MAPLE);
  g_autoptr (GError) error = NULL;

  jmp_dfu_get_info (dfu)->attributes = WILL_DETACH;
  jmp_dfu_get_info (dfu)->detach_timeout_ms = 0;
  assert_true (jmp_plain_detach (dfu, NULL, &error));
  script_usb_assert_finished (jmp_dfu_get_usb (dfu));
  jmp_dfu_free (dfu);
}

static void
test_plain_cancelled_before_the_first_transfer (void **state)
{
  JmpDfu *dfu = script_dfu_new ("cancelled", "", MAPLE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  JmpPlainEnd end;

  g_cancellable_cancel (cancellable);
  assert_false (jmp_plain_manifest (dfu, 0, &end, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  jmp_dfu_free (dfu);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_plain_manifest),
    cmocka_unit_test (test_plain_manifest_of_one_that_stays),
    cmocka_unit_test (test_plain_manifest_has_a_limit),
    cmocka_unit_test (test_plain_restart),
    cmocka_unit_test (test_plain_write_block),
    cmocka_unit_test (test_plain_read_block),
    cmocka_unit_test (test_plain_detach),
    cmocka_unit_test (test_plain_detach_without_a_time),
    cmocka_unit_test (test_plain_cancelled_before_the_first_transfer),
  };

  return cmocka_run_group_tests_name ("core/dfu/plain", tests, NULL, NULL);
}
