/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "scripted-usb.h"
#include "usb/recorder.h"

static const JmpUsbSetup download = { 0x21, 1, 0, 0, 5 };
static const JmpUsbSetup get_status = { 0xA1, 3, 0, 0, 6 };
static const JmpUsbSetup abort_request = { 0x21, 6, 0, 0, 0 };

static void
collect_cb (const char *line, gpointer user_data)
{
  g_string_append_printf (user_data, "%s\n", line);
}

/* What a user of a device does in these tests; the errors as text, so that runs can be compared. */
static char *
use (JmpUsb *usb)
{
  GString *log = g_string_new (NULL);
  guint8 data[6] = { 0x21, 0x00, 0x00, 0x00, 0x08 };
  g_autoptr (GBytes) descriptors = NULL;

  descriptors = jmp_usb_descriptors (usb, NULL);
  g_string_append_printf (log, "descriptors %d\n", (int)g_bytes_get_size (descriptors));
  g_string_append_printf (log, "claim %d\n", jmp_usb_claim (usb, 0, NULL));
  g_string_append_printf (log, "set-alt %d\n", jmp_usb_set_alt (usb, 0, 1, NULL));
  g_string_append_printf (
      log, "out %d\n", (int)jmp_usb_control (usb, &download, data, 1000, NULL, NULL));
  for (guint i = 0; i < 4; i++) {
    g_autoptr (GError) error = NULL;
    gssize moved = jmp_usb_control (usb, &get_status, data, 1000, NULL, &error);

    g_string_append_printf (log, "in %d", (int)moved);
    for (gssize j = 0; j < moved; j++)
      g_string_append_printf (log, " %02x", data[j]);
    g_string_append_printf (log, "%s\n", error != NULL ? error->message : "");
    jmp_usb_wait (usb, 5, NULL, NULL);
  }
  g_string_append_printf (
      log, "abort %d\n", (int)jmp_usb_control (usb, &abort_request, NULL, 1000, NULL, NULL));
  g_string_append_printf (log, "reset %d\n", jmp_usb_reset (usb, NULL));
  return g_string_free (log, FALSE);
}

static const char recording[] = "# Jumper USB recording 1\n"
                                "@0+100 descriptors -> ok 2 1201\n"
                                "@100+100 claim 0 -> ok\n"
                                "@200+100 set-alt 0 1 -> ok\n"
                                "@300+100 out 21 01 0000 0000 5 2100000008 -> ok 5\n"
                                "@400+100 in a1 03 0000 0000 6 -> ok 6 006800000400\n"
                                "@5500+100 in a1 03 0000 0000 6 -> stalled: as told\n"
                                "@10600+100 in a1 03 0000 0000 6 -> ok 0\n"
                                "@15700+100 in a1 03 0000 0000 6 -> cancelled: as told\n"
                                "@20800+100 out 21 06 0000 0000 0 -> ok 0\n"
                                "@20900+100 reset -> ok\n";

static JmpUsb *
new_device (void)
{
  JmpUsb *usb = scripted_usb_new ();

  scripted_usb_answer (usb, "\x00\x68\x00\x00\x04\x00", 6);
  scripted_usb_fail (usb, JMP_ERROR, JMP_ERROR_STALLED);
  scripted_usb_answer (usb, "", 0);
  scripted_usb_fail (usb, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return usb;
}

static void
test_recorder_writes_a_line_per_transfer (void **state)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JmpUsb) usb = jmp_usb_recorder_new (new_device (), collect_cb, text);

  g_free (use (usb));
  assert_lines_equal (text->str, recording);
}

static void
test_recorder_changes_nothing (void **state)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JmpUsb) bare = new_device ();
  g_autoptr (JmpUsb) recorded = jmp_usb_recorder_new (new_device (), collect_cb, text);
  g_autofree char *bare_log = use (bare);
  g_autofree char *recorded_log = use (recorded);

  assert_lines_equal (recorded_log, bare_log);
}

static void
test_recorder_replay_equals_the_device (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpUsb) device = new_device ();
  g_autoptr (JmpUsb) replay = jmp_usb_replay_new (recording, &error);
  g_autofree char *device_log = NULL;
  g_autofree char *replay_log = NULL;

  assert_no_error (error);
  assert_false (jmp_usb_replay_is_finished (replay));
  device_log = use (device);
  replay_log = use (replay);
  assert_lines_equal (replay_log, device_log);
  assert_true (jmp_usb_replay_is_finished (replay));
  assert_int_equal (jmp_usb_now (replay), jmp_usb_now (device));
}

static void
test_recorder_keeps_errors_of_every_kind (void **state)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JmpUsb *inner = scripted_usb_new ();
  g_autoptr (JmpUsb) usb = jmp_usb_recorder_new (inner, collect_cb, text);
  g_autoptr (JmpUsb) replay = NULL;
  g_autoptr (GError) error = NULL;

  scripted_usb_fail (inner, JMP_ERROR, JMP_ERROR_BUSY);
  scripted_usb_fail (inner, JMP_ERROR, JMP_ERROR_PERMISSION);
  scripted_usb_fail (inner, JMP_ERROR, JMP_ERROR_FAILED);
  scripted_usb_fail (inner, JMP_ERROR, JMP_ERROR_DISCONNECTED);
  assert_false (jmp_usb_claim (usb, 0, NULL));
  assert_null (jmp_usb_descriptors (usb, NULL));
  assert_false (jmp_usb_set_alt (usb, 0, 0, NULL));
  assert_false (jmp_usb_reset (usb, NULL));

  replay = jmp_usb_replay_new (text->str, &error);
  assert_no_error (error);
  assert_false (jmp_usb_claim (replay, 0, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_BUSY, "as told");
  g_clear_error (&error);
  assert_null (jmp_usb_descriptors (replay, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_PERMISSION, "as told");
  g_clear_error (&error);
  assert_false (jmp_usb_set_alt (replay, 0, 0, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FAILED, "as told");
  g_clear_error (&error);
  assert_false (jmp_usb_reset (replay, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "as told");
}

static void
test_replay_names_the_line_of_a_deviation (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpUsb) usb = jmp_usb_replay_new ("# a comment\n"
                                               "\n"
                                               "@0+1 claim 0 -> ok\r\n"
                                               "@1+1 out 21 01 0000 0000 2 2100 -> ok 2\n",
                                               &error);
  JmpUsbSetup setup = { 0x21, 1, 0, 0, 2 };
  guint8 data[2] = { 0x21, 0x01 };

  assert_no_error (error);
  assert_false (jmp_usb_claim (usb, 1, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_PROTOCOL, "line 3");
  g_clear_error (&error);
  /* it stays where it is, so that the right request still finds its answer */
  assert_true (jmp_usb_claim (usb, 0, &error));
  assert_int_equal (jmp_usb_control (usb, &setup, data, 10, NULL, &error), -1);
  assert_error (error, JMP_ERROR, JMP_ERROR_PROTOCOL, "line 4");
  g_clear_error (&error);
  data[1] = 0;
  assert_int_equal (jmp_usb_control (usb, &setup, data, 10, NULL, &error), 2);
  assert_false (jmp_usb_reset (usb, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_PROTOCOL, "has ended");
  assert_true (jmp_usb_replay_is_finished (usb));
}

static void
test_replay_refuses_malformed_lines (void **state)
{
  static const struct {
    const char *name;
    const char *line;
  } cases[] = {
    { "no times", "claim 0 -> ok" },
    { "half a time", "@0 claim 0 -> ok" },
    { "negative time", "@-1+1 claim 0 -> ok" },
    { "time too large", "@9223372036854775807+1 claim 0 -> ok" },
    { "time past 64 bits", "@0+99999999999999999999 claim 0 -> ok" },
    { "times alone", "@0+1" },
    { "no result", "@0+1 claim 0" },
    { "no request", "@0+1  -> ok" },
    { "unknown request", "@0+1 release 0 -> ok" },
    { "unknown result", "@0+1 claim 0 -> fine" },
    { "unknown error", "@0+1 claim 0 -> exploded: bang" },
    { "error without a message", "@0+1 claim 0 -> stalled" },
    { "no interface", "@0+1 claim -> ok" },
    { "interface too large", "@0+1 claim 256 -> ok" },
    { "count where none is", "@0+1 claim 0 -> ok 1" },
    { "too few words", "@0+1 in a1 03 0000 0000 -> ok 0" },
    { "too many words", "@0+1 in a1 03 0000 0000 6 00 -> ok 0" },
    { "upper case", "@0+1 in A1 03 0000 0000 6 -> ok 0" },
    { "wrong width", "@0+1 in a1 3 0000 0000 6 -> ok 0" },
    { "wrong direction", "@0+1 in 21 03 0000 0000 6 -> ok 0" },
    { "longer than a transfer", "@0+1 in a1 03 0000 0000 4097 -> ok 0" },
    { "more than was asked for", "@0+1 in a1 03 0000 0000 1 -> ok 2 0000" },
    { "more than was sent", "@0+1 out 21 01 0000 0000 1 00 -> ok 2" },
    { "fewer bytes than counted", "@0+1 in a1 03 0000 0000 6 -> ok 6 0068" },
    { "more bytes than counted", "@0+1 in a1 03 0000 0000 6 -> ok 1 0068" },
    { "half a byte", "@0+1 in a1 03 0000 0000 6 -> ok 1 0" },
    { "not hexadecimal", "@0+1 in a1 03 0000 0000 6 -> ok 1 0g" },
    { "data missing", "@0+1 out 21 01 0000 0000 5 -> ok 5" },
    { "data short", "@0+1 out 21 01 0000 0000 5 00 -> ok 5" },
    { "no count", "@0+1 out 21 06 0000 0000 0 -> ok" },
    { "descriptors longer than can be", "@0+1 descriptors -> ok 65554 00" },
    { "not UTF-8", "\xff\xfe" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("# first line\n%s\n", cases[i].line);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpUsb) usb = jmp_usb_replay_new (text, &error);

    if (usb != NULL)
      fail_msg ("%s was accepted: %s", cases[i].name, cases[i].line);
    assert_error (error,
                  JMP_ERROR,
                  JMP_ERROR_INVALID_FILE,
                  g_utf8_validate (text, -1, NULL) ? "line 2" : "UTF-8");
  }
}

static void
test_replay_time_is_the_recordings (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpUsb)
      usb = jmp_usb_replay_new ("@1000+500 claim 0 -> ok\n@2000000+3 claim 1 -> ok\n", &error);

  assert_no_error (error);
  assert_int_equal (jmp_usb_now (usb), 0);
  jmp_usb_claim (usb, 0, NULL);
  assert_int_equal (jmp_usb_now (usb), 1500);
  assert_true (jmp_usb_wait (usb, 3000, NULL, NULL));
  assert_int_equal (jmp_usb_now (usb), 3001500);
  /* the host waited longer than it did when this was recorded: time does not go back */
  jmp_usb_claim (usb, 1, NULL);
  assert_int_equal (jmp_usb_now (usb), 3001500);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_recorder_writes_a_line_per_transfer),
    cmocka_unit_test (test_recorder_changes_nothing),
    cmocka_unit_test (test_recorder_replay_equals_the_device),
    cmocka_unit_test (test_recorder_keeps_errors_of_every_kind),
    cmocka_unit_test (test_replay_names_the_line_of_a_deviation),
    cmocka_unit_test (test_replay_refuses_malformed_lines),
    cmocka_unit_test (test_replay_time_is_the_recordings),
  };

  return cmocka_run_group_tests_name ("core/usb/recorder", tests, NULL, NULL);
}
