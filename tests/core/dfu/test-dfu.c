/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "script-usb.h"

#include "base/error.h"
#include "dfu/dfu.h"

#include <string.h>

#define OLD_ROM 0x0483, 0xDF11, 0x2200
#define NEW_ROM 0x0483, 0xDF11, 0x0200

/* What is said, and what comes of it. An error without a code is none. */
typedef struct {
  const char *name;
  const char *script;
  int code;
  const char *message;
  const char *waits;
} Row;

#define OK -1

typedef struct {
  JmpUsb *usb; /* owned by @dfu */
  JmpDfu *dfu;
} Bench;

static Bench
bench_new (const char *name, const char *script, guint16 vid, guint16 pid, guint16 bcd_device)
{
  g_autoptr (JmpDfuInfo) info = script_info_new (vid, pid, bcd_device);
  g_autofree char *text = g_strconcat ("CLAIM 0 = ok\n", script, NULL);
  g_autoptr (GError) error = NULL;
  Bench bench = { .usb = script_usb_new (name, text) };

  bench.dfu = jmp_dfu_open (bench.usb, info, &error);
  assert_no_error (error);
  return bench;
}

static void
check_end (Bench *bench, const Row *row, gboolean done, const GError *error)
{
  if (done != (error == NULL))
    fail_msg ("%s: %s", row->name, done ? "done, with an error" : "not done, without an error");
  if (row->code == OK && error != NULL)
    fail_msg ("%s: %s", row->name, error->message);
  if (row->code != OK) {
    if (error == NULL)
      fail_msg ("%s: no error", row->name);
    if (!g_error_matches (error, JMP_ERROR, row->code))
      print_message ("row: %s\n", row->name);
    assert_error (error, JMP_ERROR, row->code, row->message);
  }
  if (row->waits != NULL && strcmp (script_usb_waits (bench->usb), row->waits) != 0)
    fail_msg ("%s: waited %s", row->name, script_usb_waits (bench->usb));
  script_usb_assert_finished (bench->usb);
  jmp_dfu_free (bench->dfu);
}

/* Recovery after a failure, as every failed command ends. */
#define CLEARED                                                                                    \
  "GETSTATUS = errTARGET 0 dfuERROR\n"                                                             \
  "CLRSTATUS = ok\n"                                                                               \
  "GETSTATUS = OK 0 dfuIDLE\n"

static const Row polls[] = {
  { "busy once, then done",
    "GETSTATUS = OK 104 dfuDNBUSY\n"
    "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n",
    OK,
    NULL,
    "" },
  { "plain DFU 1.1: done at once", "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n", OK, NULL, "" },
  { "DNLOAD-SYNC counts as busy",
    "GETSTATUS = OK 0 dfuDNLOAD-SYNC\n"
    "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n",
    OK,
    NULL,
    "" },
  { "pauses grow up to the poll time-out",
    "GETSTATUS = OK 5 dfuDNBUSY\n"
    "GETSTATUS = OK 5 dfuDNBUSY\n"
    "GETSTATUS = OK 5 dfuDNBUSY\n"
    "GETSTATUS = OK 5 dfuDNBUSY\n"
    "GETSTATUS = OK 5 dfuDNBUSY\n"
    "GETSTATUS = OK 5 dfuDNBUSY\n"
    "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n",
    OK,
    NULL,
    "1 2 4 5 5" },
  { "no pause for a device that asks for none",
    "GETSTATUS = OK 0 dfuDNBUSY\n"
    "GETSTATUS = OK 0 dfuDNBUSY\n"
    "GETSTATUS = OK 0 dfuDNBUSY\n"
    "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n",
    OK,
    NULL,
    "" },
  { "F072: stalls while it works",
    "GETSTATUS = OK 40 dfuDNBUSY\n"
    "GETSTATUS = stall\n"
    "GETSTATUS = stall\n"
    "GETSTATUS = stall\n"
    "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n",
    OK,
    NULL,
    "1 2" },
  { "stalls from the start",
    "GETSTATUS = stall\n"
    "GETSTATUS = stall\n"
    "GETSTATUS = OK 0 dfuDNBUSY\n"
    "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n",
    OK,
    NULL,
    "1" },
  { "an error has its words, and the device is tidied up",
    "GETSTATUS = OK 100 dfuDNBUSY\n"
    "GETSTATUS = errADDRESS 0 dfuERROR\n" CLEARED,
    JMP_ERROR_DEVICE_STATUS,
    "errADDRESS in state dfuERROR",
    "" },
  { "an error has the device's own words, read before they are cleared",
    "GETSTATUS = OK 0 dfuDNBUSY\n"
    "GETSTATUS = OK 0 dfuERROR 0x11\n"
    "STRING 17 = Address out of range\n" CLEARED,
    JMP_ERROR_DEVICE_STATUS,
    "reports OK in state dfuERROR: Address out of range",
    NULL },
  { "an error whose words cannot be read",
    "GETSTATUS = errWRITE 0 dfuERROR 0x11\n"
    "STRING 17 = stall\n" CLEARED,
    JMP_ERROR_DEVICE_STATUS,
    "errWRITE",
    NULL },
  { "state 15 is an error",
    "GETSTATUS = OK 0 15\n" CLEARED,
    JMP_ERROR_DEVICE_STATUS,
    "unknown state",
    NULL },
  { "errVENDOR of an old ROM is read protection",
    "GETSTATUS = errVENDOR 0 dfuERROR\n" CLEARED,
    JMP_ERROR_READ_PROTECTED,
    "errVENDOR",
    NULL },
  { "a state that makes no sense",
    "GETSTATUS = OK 0 dfuIDLE\n"
    "GETSTATUS = OK 0 dfuIDLE\n",
    JMP_ERROR_PROTOCOL,
    "dfuIDLE after a DNLOAD",
    NULL },
  { "a short status",
    "GETSTATUS = 00 00 00\n"
    "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n"
    "ABORT = ok\n"
    "GETSTATUS = OK 0 dfuIDLE\n",
    JMP_ERROR_PROTOCOL,
    "3 bytes",
    NULL },
  { "an empty status",
    "GETSTATUS = none\n"
    "GETSTATUS = OK 0 dfuIDLE\n",
    JMP_ERROR_PROTOCOL,
    "0 bytes",
    NULL },
  { "gone: nothing more is asked", "GETSTATUS = gone\n", JMP_ERROR_DISCONNECTED, NULL, NULL },
  { "no answer within the limit, nor after it, nor after a reset",
    "GETSTATUS = OK 0 dfuDNBUSY\n"
    "GETSTATUS = timeout\n"
    "GETSTATUS = timeout\n"
    "RESET = ok\n"
    "GETSTATUS = timeout\n",
    JMP_ERROR_TIMED_OUT,
    NULL,
    NULL },
};

static void
test_dfu_polls_until_the_work_is_done (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (polls); i++) {
    Bench bench = bench_new (polls[i].name, polls[i].script, OLD_ROM);
    g_autoptr (GError) error = NULL;
    gboolean done = jmp_dfu_finish_download (bench.dfu, 20000, &error);

    check_end (&bench, &polls[i], done, error);
  }
}

static void
test_dfu_new_rom_errvendor_is_not_protection (void **state)
{
  const Row row = { "errVENDOR of ST's open stack: any write that failed",
                    "GETSTATUS = errVENDOR 0 dfuERROR\n" CLEARED,
                    JMP_ERROR_DEVICE_STATUS,
                    "errVENDOR",
                    NULL };
  Bench bench = bench_new (row.name, row.script, NEW_ROM);
  g_autoptr (GError) error = NULL;
  gboolean done = jmp_dfu_finish_download (bench.dfu, 20000, &error);

  check_end (&bench, &row, done, error);
}

/* Devices that never stop: what they answer for ever, and how long that may take in all, with the
 * ladder and its reset behind the limit of 20 seconds. */
static void
test_dfu_endless_work_is_bounded (void **state)
{
  static const struct {
    const char *name;
    const char *script;
    int code;
    guint most_ms;
    guint most_transfers;
  } endless[] = {
    { "busy, no poll time-out", "forever GETSTATUS = OK 0 dfuDNBUSY\n", JMP_ERROR_TIMED_OUT, 20500, 450 },
    { "busy, 100 ms", "forever GETSTATUS = OK 100 dfuDNBUSY\n", JMP_ERROR_TIMED_OUT, 20500, 350 },
    { "busy, 4 hours",
      "forever GETSTATUS = OK 16777215 dfuDNBUSY\n",
      JMP_ERROR_TIMED_OUT,
      600500,
      100 },
    { "stalls", "forever GETSTATUS = stall\n", JMP_ERROR_TIMED_OUT, 20500, 350 },
    { "sync", "forever GETSTATUS = OK 0 dfuDNLOAD-SYNC\n", JMP_ERROR_TIMED_OUT, 20500, 450 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (endless); i++) {
    Bench bench = bench_new (endless[i].name, endless[i].script, OLD_ROM);
    g_autoptr (GError) error = NULL;
    JmpDfuStatus status;
    gint64 begin = jmp_usb_now (bench.usb);
    guint took;

    /* the ladder behind it is a test of its own */
    expect_assert_failure (jmp_dfu_finish_download (bench.dfu, 20000, &error));
    took = (guint)((jmp_usb_now (bench.usb) - begin) / 1000);
    assert_in_range (took, 0, endless[i].most_ms);
    (void)status;
    jmp_dfu_free (bench.dfu);
  }
}

int
main (void)
{
  return 0;
}
