/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "device/identity.h"
#include "device/practice.h"
#include "fake-device.h"

static void
test_selector_parses (void **state)
{
  static const struct {
    const char *text;
    JmpSelectorKind kind;
    const char *rest;
    guint16 vid;
    guint16 pid;
  } cases[] = {
    { "serial:206535A94D4B", JMP_SELECT_SERIAL, "206535A94D4B", 0, 0 },
    { "serial:with:colons and spaces", JMP_SELECT_SERIAL, "with:colons and spaces", 0, 0 },
    { "path:1-4", JMP_SELECT_PATH, "1-4", 0, 0 },
    { "path:12-1.10.3", JMP_SELECT_PATH, "12-1.10.3", 0, 0 },
    { "0483:df11", JMP_SELECT_IDS, "", 0x0483, 0xDF11 },
    { "483:DF11", JMP_SELECT_IDS, "", 0x0483, 0xDF11 },
    { "virtual", JMP_SELECT_VIRTUAL, "", 0, 0 },
    { "virtual:pyboard", JMP_SELECT_VIRTUAL, "pyboard", 0, 0 },
    { "virtual:pyboard,flash=a:b,speed=0", JMP_SELECT_VIRTUAL, "pyboard,flash=a:b,speed=0", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpSelector) selector = jmp_selector_parse (cases[i].text, &error);

    assert_no_error (error);
    assert_int_equal (selector->kind, cases[i].kind);
    assert_string_equal (selector->text, cases[i].rest);
    assert_int_equal (selector->vid, cases[i].vid);
    assert_int_equal (selector->pid, cases[i].pid);
  }
}

static void
test_selector_refuses (void **state)
{
  static const char *const texts[] = {
    "",         "serial",       "serial:",    "path:",       "path:1",     "path:1-",
    "path:-1",  "path:1-4.",    "path:1-4x",  "path:1-.2",   "path:a-b",   "0483",
    "0483:",    ":df11",        "0483:df111", "0483:df11:1", "00483:df11", "0x0483:0xdf11",
    "virtual:", "virtual:,x=1", "Virtual",    "virtually",   "pyboard",    "\xFF\xFE",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpSelector) selector = jmp_selector_parse (texts[i], &error);

    if (selector != NULL)
      fail_msg ("\"%s\" is accepted", texts[i]);
    assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, "names no board");
    assert_true (g_utf8_validate (error->message, -1, NULL));
  }
}

static void
test_selector_matches (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDevice) real = fake_device ("1-4", 3, "ABC123");
  g_autoptr (JmpDevice) closed = fake_device ("1-5", 4, NULL);
  g_autoptr (JmpDevice) practice = jmp_practice_device_parse ("virtual:pyboard,speed=0", &error);
  static const struct {
    const char *text;
    gboolean real;
    gboolean closed;
    gboolean practice;
  } cases[] = {
    { "serial:ABC123", TRUE, FALSE, FALSE },
    { "serial:abc123", TRUE, FALSE, FALSE },
    { "serial:ABC12", FALSE, FALSE, FALSE },
    { "path:1-4", TRUE, FALSE, FALSE },
    { "path:1-5", FALSE, TRUE, FALSE },
    { "path:1-4.1", FALSE, FALSE, FALSE },
    { "0483:DF11", TRUE, FALSE, FALSE },
    { "0483:DF12", FALSE, FALSE, FALSE },
    { "virtual", FALSE, FALSE, TRUE },
    { "virtual:pyboard", FALSE, FALSE, TRUE },
    { "virtual:pyboard,speed=1", FALSE, FALSE, TRUE },
    { "virtual:pyboar", FALSE, FALSE, FALSE },
    { "virtual:f072", FALSE, FALSE, FALSE },
  };

  assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpSelector) selector = jmp_selector_parse (cases[i].text, NULL);

    if (jmp_selector_matches (selector, real) != cases[i].real
        || jmp_selector_matches (selector, closed) != cases[i].closed
        || jmp_selector_matches (selector, practice) != cases[i].practice)
      fail_msg ("%s", cases[i].text);
  }
}

/* What a device calls itself is a selector that means it. */
static void
test_selector_takes_ids (void **state)
{
  g_autoptr (JmpDevice) real = fake_device ("3-1.4", 3, "ABC123");
  g_autoptr (JmpDevice) practice = jmp_practice_device_parse ("virtual:f072,speed=0", NULL);
  JmpDevice *devices[] = { real, practice };

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpSelector) selector = jmp_selector_parse (jmp_device_get_id (devices[i]), &error);

    assert_no_error (error);
    assert_true (jmp_selector_matches (selector, devices[i]));
  }
}

static void
test_identity_serial_is_unique (void **state)
{
  static const char *const shared[] = {
    "FFFFFFFEFFFF", "fffffffeffff", "STM32FxSTM32", "AT32",     "0448",
    "001",          "??",           "000000000000", "FFFFFFFF", ""
  };

  assert_false (jmp_serial_is_unique (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    if (jmp_serial_is_unique (shared[i]))
      fail_msg ("\"%s\" is said to be unique", shared[i]);
  assert_true (jmp_serial_is_unique ("206535A94D4B"));
  assert_true (jmp_serial_is_unique ("FFFFFFFEFFF0"));
}

static void
test_identity_is_same (void **state)
{
  static const struct {
    const char *name;
    const char *path_a;
    const char *serial_a;
    const char *path_b;
    const char *serial_b;
    gboolean same;
  } cases[] = {
    { "the same port and serial", "1-4", "ABC", "1-4", "ABC", TRUE },
    { "the same port, another serial", "1-4", "ABC", "1-4", "ABD", FALSE },
    { "the same port, could not be opened now", "1-4", "ABC", "1-4", NULL, TRUE },
    { "the same port, could not be opened ever", "1-4", NULL, "1-4", NULL, TRUE },
    { "moved", "1-4", "ABC", "2-1", "ABC", TRUE },
    { "a shared serial at another port", "1-4", "FFFFFFFEFFFF", "2-1", "FFFFFFFEFFFF", FALSE },
    { "a shared serial at the same port", "1-4", "FFFFFFFEFFFF", "1-4", "FFFFFFFEFFFF", TRUE },
    { "another port, no serial", "1-4", NULL, "2-1", NULL, FALSE },
    { "another port, one serial", "1-4", "ABC", "2-1", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpDevice) a = fake_device (cases[i].path_a, 1, cases[i].serial_a);
    g_autoptr (JmpDevice) b = fake_device (cases[i].path_b, 2, cases[i].serial_b);

    if (jmp_identity_is_same (a, b) != cases[i].same
        || jmp_identity_is_same (b, a) != cases[i].same)
      fail_msg ("%s", cases[i].name);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_selector_parses),           cmocka_unit_test (test_selector_refuses),
    cmocka_unit_test (test_selector_matches),          cmocka_unit_test (test_selector_takes_ids),
    cmocka_unit_test (test_identity_serial_is_unique), cmocka_unit_test (test_identity_is_same),
  };

  return cmocka_run_group_tests_name ("core/device/identity", tests, NULL, NULL);
}
