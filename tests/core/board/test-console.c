/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Dialogues with boards that behave, and with boards that do not, on a clock that only waiting moves. */

#include "assert-text.h"
#include "base/error.h"
#include "board/console.h"
#include "script-serial.h"

#include <string.h>

#define RAW    "raw REPL; CTRL-B to exit\r\n>"
#define ANSWER "name micropython\r\nversion (1, 29, 0, '')\r\nbuild PYBV11\r\n"
#define LEAVE  "\r\x03\x02"
#define LIMIT  3000

static const ScriptLine good[] = {
  { "\x03\x03", "\r\n>>> \r\n>>> " },
  { "\x01", "\r\n" RAW },
  { "\x04", "OK" ANSWER "\x04\x04>" },
  { "\x02", "\r\nMicroPython v1.29.0\r\n>>> " },
  { NULL },
};

/* Every dialogue ends within the limit and a last word, and a board that is still there is told to leave
 * the raw REPL. */
static void
check_end (const char *name, JmpSerial *serial)
{
  if (script_serial_get_ms (serial) > LIMIT + 500)
    fail_msg ("%s: it took %u ms", name, script_serial_get_ms (serial));
  if (!g_str_has_suffix (script_serial_get_sent (serial), LEAVE))
    fail_msg ("%s: the raw REPL was not left", name);
}

static void
test_console_reads (void **state)
{
  g_autoptr (JmpSerial) serial = script_serial_new (good);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpRunning) running = jmp_console_read (serial, LIMIT, NULL, &error);

  assert_no_error (error);
  assert_string_equal (running->version, "1.29.0");
  assert_string_equal (running->build, "PYBV11");
  check_end ("good", serial);
  /* not an empty Ctrl-D, which would reset the board */
  assert_null (strstr (script_serial_get_sent (serial), "\x01\x04"));
}

static void
test_console_reads_all_the_same (void **state)
{
  static const struct {
    const char *name;
    const ScriptLine lines[8];
  } cases[] = {
    { "the second Ctrl-A is heard",
      { { "\x01", "" }, { "\x01", RAW }, { "\x04", "OK" ANSWER "\x04\x04>" }, { NULL } } },
    { "the program prints until it is interrupted",
      { { "", "spam spam spam " },
        { "\x03\x03", "spam\r\nTraceback:\r\nKeyboardInterrupt: \r\n>>> " },
        { "\x01", RAW },
        { "\x04", "OK" ANSWER "\x04\x04>" },
        { NULL } } },
    { "in the paste mode",
      { { "\x03\x03", "\r\n=== \r\n>>> \r\n>>> " },
        { "\x01", RAW },
        { "\x04", "OK" ANSWER "\x04\x04>" },
        { NULL } } },
    { "in the raw REPL already",
      { { "\x03\x03", "" }, { "\x01", RAW }, { "\x04", "OK" ANSWER "\x04\x04>" }, { NULL } } },
    { "a console that echoes the prompt's name first",
      { { "\x01", "\x01raw REPL; CTRL-B to " RAW },
        { "\x04", "OK" ANSWER "\x04\x04>" },
        { NULL } } },
    { "a complaint behind the answer",
      { { "\x01", RAW },
        { "\x04", "OK" ANSWER "\x04Traceback\r\nAttributeError: uname\r\n\x04>" },
        { NULL } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpSerial) serial = script_serial_new (cases[i].lines);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpRunning) running = jmp_console_read (serial, LIMIT, NULL, &error);

    if (running == NULL)
      fail_msg ("%s: %s", cases[i].name, error->message);
    assert_string_equal (running->version, "1.29.0");
    check_end (cases[i].name, serial);
  }
}

static void
test_console_gives_up (void **state)
{
  static const struct {
    const char *name;
    const ScriptLine lines[6];
    JmpError code;
  } cases[] = {
    { "silence", { { NULL } }, JMP_ERROR_TIMED_OUT },
    { "a program that prints for ever",
      { { "", "Hello, world!\r\n*" }, { NULL } },
      JMP_ERROR_PROTOCOL },
    { "one line for ever",
      { { "", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx*" }, { NULL } },
      JMP_ERROR_PROTOCOL },
    { "an echo",
      { { "\x03\x03", "\r\x03\x03" }, { "\x01", "\r\x01" }, { NULL } },
      JMP_ERROR_PROTOCOL },
    { "another system", { { "\r", "login: \r\nPassword: " }, { NULL } }, JMP_ERROR_PROTOCOL },
    { "no OK", { { "\x01", RAW }, { "\x04", "What?" }, { NULL } }, JMP_ERROR_PROTOCOL },
    { "nothing behind the prompt", { { "\x01", RAW }, { NULL } }, JMP_ERROR_TIMED_OUT },
    { "an answer that does not end",
      { { "\x01", RAW }, { "\x04", "OKname micropython" }, { NULL } },
      JMP_ERROR_TIMED_OUT },
    { "an answer for ever",
      { { "\x01", RAW }, { "\x04", "OK" }, { "", "name name name\r\n*" }, { NULL } },
      JMP_ERROR_PROTOCOL },
    { "an answer that says nothing",
      { { "\x01", RAW }, { "\x04", "OK\x04\x04>" }, { NULL } },
      JMP_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpSerial) serial = script_serial_new (cases[i].lines);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpRunning) running = jmp_console_read (serial, LIMIT, NULL, &error);

    if (running != NULL)
      fail_msg ("%s: an answer", cases[i].name);
    if (!g_error_matches (error, JMP_ERROR, (int)cases[i].code))
      fail_msg ("%s: %s", cases[i].name, error->message);
    check_end (cases[i].name, serial);
  }
}

static void
test_console_is_pulled_out (void **state)
{
  static const struct {
    const char *name;
    const ScriptLine lines[4];
  } cases[] = {
    { "at once", { { "", NULL }, { NULL } } },
    { "instead of the prompt", { { "\x01", NULL }, { NULL } } },
    { "instead of the answer", { { "\x01", RAW }, { "\x04", NULL }, { NULL } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpSerial) serial = script_serial_new (cases[i].lines);
    g_autoptr (GError) error = NULL;

    assert_null (jmp_console_read (serial, LIMIT, NULL, &error));
    if (!g_error_matches (error, JMP_ERROR, JMP_ERROR_DISCONNECTED))
      fail_msg ("%s: %s", cases[i].name, error->message);
  }
}

static void
test_console_takes_no_bytes (void **state)
{
  g_autoptr (JmpSerial) serial = script_serial_new (good);
  g_autoptr (GError) error = NULL;

  script_serial_block (serial);
  assert_null (jmp_console_read (serial, LIMIT, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_TIMED_OUT, NULL);
  assert_true (script_serial_get_ms (serial) <= LIMIT + 500);
}

static void
test_console_is_cancelled (void **state)
{
  static const ScriptLine silent[] = { { NULL } };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (JmpSerial) serial = script_serial_new (silent);
  g_autoptr (GError) error = NULL;

  script_serial_cancel_at (serial, 500, cancellable);
  assert_null (jmp_console_read (serial, LIMIT, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  assert_true (script_serial_get_ms (serial) < LIMIT);
  check_end ("cancelled", serial);
}

static void
test_console_restarts (void **state)
{
  static const struct {
    const char *name;
    const ScriptLine lines[5];
  } cases[] = {
    { "the port goes behind the OK",
      { { "\x01", RAW }, { "\x04", "OK" }, { "", NULL }, { NULL } } },
    { "the port goes at once", { { "\x01", RAW }, { "\x04", NULL }, { NULL } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpSerial) serial = script_serial_new (cases[i].lines);
    g_autoptr (GError) error = NULL;

    if (!jmp_console_restart (serial, LIMIT, NULL, &error))
      fail_msg ("%s: %s", cases[i].name, error->message);
    assert_non_null (strstr (script_serial_get_sent (serial), "machine.bootloader()"));
  }
}

static void
test_console_does_not_restart (void **state)
{
  static const struct {
    const char *name;
    const ScriptLine lines[4];
    JmpError code;
    const char *message;
  } cases[] = {
    { "firmware without that function",
      { { "\x01", RAW },
        { "\x04",
          "OK\x04Traceback (most recent call last):\r\nAttributeError: no bootloader\r\n\x04>" },
        { NULL } },
      JMP_ERROR_NOT_SUPPORTED,
      "the board's program: AttributeError: no bootloader" },
    { "it goes on as if nothing was",
      { { "\x01", RAW }, { "\x04", "OK\x04\x04>" }, { NULL } },
      JMP_ERROR_NOT_SUPPORTED,
      "the board's program did not restart the board" },
    { "it stays, and says nothing",
      { { "\x01", RAW }, { "\x04", "OK" }, { NULL } },
      JMP_ERROR_TIMED_OUT,
      NULL },
    { "it never answered", { { NULL } }, JMP_ERROR_TIMED_OUT, NULL },
    { "pulled out before it was told",
      { { "\x01", NULL }, { NULL } },
      JMP_ERROR_DISCONNECTED,
      NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpSerial) serial = script_serial_new (cases[i].lines);
    g_autoptr (GError) error = NULL;

    if (jmp_console_restart (serial, LIMIT, NULL, &error))
      fail_msg ("%s: restarted", cases[i].name);
    if (!g_error_matches (error, JMP_ERROR, (int)cases[i].code)
        || (cases[i].message != NULL && strcmp (error->message, cases[i].message) != 0))
      fail_msg ("%s: %s", cases[i].name, error->message);
    if (cases[i].code != JMP_ERROR_DISCONNECTED)
      check_end (cases[i].name, serial);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_console_reads),
    cmocka_unit_test (test_console_reads_all_the_same),
    cmocka_unit_test (test_console_gives_up),
    cmocka_unit_test (test_console_is_pulled_out),
    cmocka_unit_test (test_console_takes_no_bytes),
    cmocka_unit_test (test_console_is_cancelled),
    cmocka_unit_test (test_console_restarts),
    cmocka_unit_test (test_console_does_not_restart),
  };

  return cmocka_run_group_tests_name ("core/board/console", tests, NULL, NULL);
}
