/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "script-usb.h"

#include "base/error.h"

/* Recovery after a failure, as every failed command ends. */
#define CLEARED                        \
  "GETSTATUS = errTARGET 0 dfuERROR\n" \
  "CLRSTATUS = ok\n"                   \
  "GETSTATUS = OK 0 dfuIDLE\n"

static const ScriptRow polls[] = {
  { "busy once, then done",
    "GETSTATUS = OK 104 dfuDNBUSY\n"
    "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n",
    SCRIPT_OK,
    NULL,
    "" },
  { "plain DFU 1.1: done at once", "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n", SCRIPT_OK, NULL, "" },
  { "DNLOAD-SYNC counts as busy",
    "GETSTATUS = OK 0 dfuDNLOAD-SYNC\n"
    "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n",
    SCRIPT_OK,
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
    SCRIPT_OK,
    NULL,
    "1 2 4 5 5" },
  { "no pause for a device that asks for none",
    "GETSTATUS = OK 0 dfuDNBUSY\n"
    "GETSTATUS = OK 0 dfuDNBUSY\n"
    "GETSTATUS = OK 0 dfuDNBUSY\n"
    "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n",
    SCRIPT_OK,
    NULL,
    "" },
  { "F072: stalls while it works",
    "GETSTATUS = OK 40 dfuDNBUSY\n"
    "GETSTATUS = stall\n"
    "GETSTATUS = stall\n"
    "GETSTATUS = stall\n"
    "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n",
    SCRIPT_OK,
    NULL,
    "1 2 4" },
  { "stalls from the start",
    "GETSTATUS = stall\n"
    "GETSTATUS = stall\n"
    "GETSTATUS = OK 0 dfuDNBUSY\n"
    "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n",
    SCRIPT_OK,
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
test_poll_until_the_work_is_done (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (polls); i++) {
    JmpDfu *dfu = script_dfu_new (polls[i].name, polls[i].script, OLD_ROM);
    g_autoptr (GError) error = NULL;
    gboolean done = jmp_dfu_finish_download (dfu, 20000, &error);

    script_check_end (dfu, &polls[i], done, error);
  }
}

static void
test_poll_new_rom_errvendor_is_not_protection (void **state)
{
  const ScriptRow row = { "errVENDOR of ST's open stack: any write that failed",
                          "GETSTATUS = errVENDOR 0 dfuERROR\n" CLEARED,
                          JMP_ERROR_DEVICE_STATUS,
                          "errVENDOR",
                          NULL };
  JmpDfu *dfu = script_dfu_new (row.name, row.script, NEW_ROM);
  g_autoptr (GError) error = NULL;
  gboolean done = jmp_dfu_finish_download (dfu, 20000, &error);

  script_check_end (dfu, &row, done, error);
}

/* Devices that never stop, and how long they may keep us: the limit of 20 seconds, and the ladder with
 * its reset behind it. */
static void
test_poll_endless_work_is_bounded (void **state)
{
  static const struct {
    const char *name;
    const char *script;
    const char *message;
    guint least_ms;
    guint most_ms;
    guint most_transfers;
  } endless[] = {
    { "busy, no poll time-out",
      "forever GETSTATUS = OK 0 dfuDNBUSY\notherwise = ok\n",
      "still busy after 20000 ms",
      20000,
      25000,
      700 },
    { "busy, 100 ms",
      "forever GETSTATUS = OK 100 dfuDNBUSY\notherwise = ok\n",
      "still busy after 20000 ms",
      20000,
      25000,
      400 },
    { "busy, 15 s",
      "forever GETSTATUS = OK 15000 dfuDNBUSY\notherwise = ok\n",
      "still busy after 30000 ms",
      30000,
      35000,
      100 },
    { "busy, 4 hours",
      "forever GETSTATUS = OK 16777215 dfuDNBUSY\notherwise = ok\n",
      "still busy after 600000 ms",
      600000,
      605000,
      100 },
    { "stalls", "forever GETSTATUS = stall\notherwise = ok\n", "still busy", 20000, 25000, 400 },
    { "sync",
      "forever GETSTATUS = OK 0 dfuDNLOAD-SYNC\notherwise = ok\n",
      "still busy",
      20000,
      25000,
      700 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (endless); i++) {
    JmpDfu *dfu = script_dfu_new (endless[i].name, endless[i].script, OLD_ROM);
    g_autoptr (GError) error = NULL;

    assert_false (jmp_dfu_finish_download (dfu, 20000, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_TIMED_OUT, endless[i].message);
    assert_in_range (
        script_usb_elapsed_ms (jmp_dfu_get_usb (dfu)), endless[i].least_ms, endless[i].most_ms);
    assert_in_range (jmp_dfu_get_transfers (dfu), 1, endless[i].most_transfers);
    jmp_dfu_free (dfu);
  }
}

static const ScriptRow ladder[] = {
  { "idle already", "GETSTATUS = OK 0 dfuIDLE\n", SCRIPT_OK, NULL, "" },
  { "waits for a reset since it has its file",
    "GETSTATUS = OK 0 dfuMANIFEST-WAIT-RESET\n"
    "RESET = ok\n"
    "GETSTATUS = OK 0 dfuIDLE\n",
    SCRIPT_OK,
    NULL,
    "" },
  { "fresh ROM",
    "GETSTATUS = errFIRMWARE 0 dfuERROR\n"
    "CLRSTATUS = ok\n"
    "GETSTATUS = OK 0 dfuIDLE\n",
    SCRIPT_OK,
    NULL,
    "" },
  { "state 15",
    "GETSTATUS = OK 0 15\n"
    "CLRSTATUS = ok\n"
    "GETSTATUS = OK 0 dfuIDLE\n",
    SCRIPT_OK,
    NULL,
    "" },
  { "CLRSTATUS stalls: ABORT",
    "GETSTATUS = errFIRMWARE 0 dfuERROR\n"
    "CLRSTATUS = stall\n"
    "ABORT = ok\n"
    "GETSTATUS = OK 0 dfuIDLE\n",
    SCRIPT_OK,
    NULL,
    "" },
  { "UPLOAD-IDLE",
    "GETSTATUS = OK 0 dfuUPLOAD-IDLE\n"
    "ABORT = ok\n"
    "GETSTATUS = OK 0 dfuIDLE\n",
    SCRIPT_OK,
    NULL,
    "" },
  { "DNLOAD-IDLE",
    "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n"
    "ABORT = ok\n"
    "GETSTATUS = OK 0 dfuIDLE\n",
    SCRIPT_OK,
    NULL,
    "" },
  { "DNLOAD-SYNC",
    "GETSTATUS = OK 0 dfuDNLOAD-SYNC\n"
    "ABORT = ok\n"
    "GETSTATUS = OK 0 dfuIDLE\n",
    SCRIPT_OK,
    NULL,
    "" },
  { "MANIFEST-SYNC",
    "GETSTATUS = OK 0 dfuMANIFEST-SYNC\n"
    "ABORT = ok\n"
    "GETSTATUS = OK 0 dfuIDLE\n",
    SCRIPT_OK,
    NULL,
    "" },
  { "work of an earlier program is waited for",
    "GETSTATUS = OK 100 dfuDNBUSY\n"
    "GETSTATUS = OK 100 dfuDNBUSY\n"
    "GETSTATUS = OK 100 dfuDNBUSY\n"
    "GETSTATUS = OK 0 dfuDNLOAD-IDLE\n"
    "ABORT = ok\n"
    "GETSTATUS = OK 0 dfuIDLE\n",
    SCRIPT_OK,
    NULL,
    "1 2" },
  { "stalls while it works",
    "GETSTATUS = stall\n"
    "GETSTATUS = stall\n"
    "GETSTATUS = OK 0 dfuIDLE\n",
    SCRIPT_OK,
    NULL,
    "1" },
  { "one nonsense answer",
    "GETSTATUS = 00\n"
    "GETSTATUS = OK 0 dfuIDLE\n",
    SCRIPT_OK,
    NULL,
    "" },
  { "silent until it is reset",
    "GETSTATUS = timeout\n"
    "RESET = ok\n"
    "GETSTATUS = OK 0 dfuIDLE\n",
    SCRIPT_OK,
    NULL,
    "" },
  { "runs its program",
    "GETSTATUS = OK 0 appIDLE\n",
    JMP_ERROR_NOT_SUPPORTED,
    "runs its program",
    "" },
  { "gone", "GETSTATUS = gone\n", JMP_ERROR_DISCONNECTED, NULL, "" },
  { "gone at ABORT",
    "GETSTATUS = OK 0 dfuUPLOAD-IDLE\n"
    "ABORT = gone\n",
    JMP_ERROR_DISCONNECTED,
    NULL,
    "" },
  { "cannot be reset: what was wrong before says more",
    "GETSTATUS = timeout\n"
    "RESET = io\n",
    JMP_ERROR_TIMED_OUT,
    "bringing the device to dfuIDLE: GETSTATUS",
    NULL },
  { "gone with the reset",
    "GETSTATUS = timeout\n"
    "RESET = gone\n",
    JMP_ERROR_DISCONNECTED,
    NULL,
    "" },
};

static void
test_poll_ladder_leads_to_idle (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (ladder); i++) {
    JmpDfu *dfu = script_dfu_new (ladder[i].name, ladder[i].script, OLD_ROM);
    g_autoptr (GError) error = NULL;
    gboolean done = jmp_dfu_to_idle (dfu, NULL, &error);

    script_check_end (dfu, &ladder[i], done, error);
  }
}

/* H743 rev V: does not stop working after an erase, until the pair of CLRSTATUS. */
static void
test_poll_ladder_frees_a_stuck_device (void **state)
{
  GString *script = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  JmpDfu *dfu;
  gboolean done;

  /* at once, 1, 2, 4 … 64, then 100 ms each, until the 2 s of one that had its time are over */
  g_string_append (script, "GETSTATUS = timeout\n");
  for (guint i = 0; i < 28; i++)
    g_string_append (script, "GETSTATUS = OK 100 dfuDNBUSY\n");
  g_string_append (script,
                   "CLRSTATUS = ok\n"
                   "GETSTATUS = errUNKNOWN 0 dfuERROR\n"
                   "CLRSTATUS = ok\n"
                   "GETSTATUS = OK 0 dfuIDLE\n");
  text = g_string_free (script, FALSE);
  dfu = script_dfu_new ("stuck", text, NEW_ROM);
  done = jmp_dfu_finish_download (dfu, 1000, &error);
  script_check_end (
      dfu,
      &(ScriptRow){ .name = "stuck", .code = JMP_ERROR_TIMED_OUT, .message = "GETSTATUS" },
      done,
      error);
}

/* The same with a device that stalls a CLRSTATUS outside dfuERROR. */
static void
test_poll_ladder_avoids_a_stray_clear_status (void **state)
{
  const ScriptRow row = { .name = "stuck", .code = SCRIPT_OK };
  JmpDfu *dfu = script_dfu_new (row.name,
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "GETSTATUS = OK 60000 dfuDNBUSY\n"
                                "ABORT = ok\n"
                                "GETSTATUS = OK 0 dfuIDLE\n",
                                NEW_ROM);
  g_autoptr (GError) error = NULL;
  gboolean done;

  jmp_dfu_get_info (dfu)->quirks.flags |= JMP_QUIRK_NO_CLEAR_STATUS;
  done = jmp_dfu_to_idle (dfu, NULL, &error);
  script_check_end (dfu, &row, done, error);
}

/* Devices for which no step of the ladder helps: a typed error, in bounded time. */
static void
test_poll_ladder_ends (void **state)
{
  static const struct {
    const char *name;
    const char *script;
    int code;
    const char *message;
    guint most_ms;
    guint most_transfers;
  } endless[] = {
    { "always in error",
      "forever GETSTATUS = errFIRMWARE 0 dfuERROR\notherwise = ok\n",
      JMP_ERROR_DEVICE_STATUS,
      "errFIRMWARE",
      0,
      40 },
    { "always uploading",
      "forever GETSTATUS = OK 0 dfuUPLOAD-IDLE\notherwise = ok\n",
      JMP_ERROR_PROTOCOL,
      "dfuUPLOAD-IDLE",
      0,
      40 },
    { "stalls all else",
      "forever GETSTATUS = OK 0 dfuDNLOAD-IDLE\notherwise = stall\n",
      JMP_ERROR_STALLED,
      NULL,
      0,
      40 },
    { "always short",
      "forever GETSTATUS = 00 01\notherwise = ok\n",
      JMP_ERROR_PROTOCOL,
      "2 bytes",
      0,
      40 },
    { "always busy",
      "forever GETSTATUS = OK 0 dfuDNBUSY\notherwise = ok\n",
      JMP_ERROR_TIMED_OUT,
      "does not stop working",
      45000,
      1000 },
    { "always leaving",
      "forever GETSTATUS = OK 50 dfuMANIFEST-WAIT-RESET\notherwise = ok\n",
      JMP_ERROR_TIMED_OUT,
      NULL,
      45000,
      1000 },
    { "always stalls",
      "forever GETSTATUS = stall\notherwise = stall\n",
      JMP_ERROR_STALLED,
      NULL,
      45000,
      1000 },
    { "never answers",
      "forever GETSTATUS = timeout\notherwise = ok\n",
      JMP_ERROR_TIMED_OUT,
      NULL,
      45000,
      40 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (endless); i++) {
    JmpDfu *dfu = script_dfu_new (endless[i].name, endless[i].script, OLD_ROM);
    g_autoptr (GError) error = NULL;

    assert_false (jmp_dfu_to_idle (dfu, NULL, &error));
    if (!g_error_matches (error, JMP_ERROR, endless[i].code))
      print_message ("row: %s\n", endless[i].name);
    assert_error (error, JMP_ERROR, endless[i].code, endless[i].message);
    if (script_usb_elapsed_ms (jmp_dfu_get_usb (dfu)) > endless[i].most_ms)
      fail_msg ("%s: took %u ms", endless[i].name, script_usb_elapsed_ms (jmp_dfu_get_usb (dfu)));
    assert_in_range (jmp_dfu_get_transfers (dfu), 1, endless[i].most_transfers);
    jmp_dfu_free (dfu);
  }
}

static void
test_poll_reset_keeps_the_alt_setting (void **state)
{
  const ScriptRow row = { .name = "reset", .code = SCRIPT_OK };
  JmpDfu *dfu = script_dfu_new (row.name,
                                "SETALT 1 = ok\n"
                                "GETSTATUS = timeout\n"
                                "RESET = ok\n"
                                "SETALT 1 = ok\n"
                                "GETSTATUS = OK 0 dfuIDLE\n",
                                OLD_ROM);
  g_autoptr (GError) error = NULL;
  gboolean done;

  assert_int_equal (jmp_dfu_get_alt (dfu), -1);
  assert_true (jmp_dfu_select_alt (dfu, 1, NULL, &error));
  assert_true (jmp_dfu_select_alt (dfu, 1, NULL, &error));
  assert_int_equal (jmp_dfu_get_alt (dfu), 1);
  done = jmp_dfu_to_idle (dfu, NULL, &error);
  script_check_end (dfu, &row, done, error);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_poll_until_the_work_is_done),
    cmocka_unit_test (test_poll_new_rom_errvendor_is_not_protection),
    cmocka_unit_test (test_poll_endless_work_is_bounded),
    cmocka_unit_test (test_poll_ladder_leads_to_idle),
    cmocka_unit_test (test_poll_ladder_frees_a_stuck_device),
    cmocka_unit_test (test_poll_ladder_avoids_a_stray_clear_status),
    cmocka_unit_test (test_poll_ladder_ends),
    cmocka_unit_test (test_poll_reset_keeps_the_alt_setting),
  };

  return cmocka_run_group_tests_name ("core/dfu/poll", tests, NULL, NULL);
}
