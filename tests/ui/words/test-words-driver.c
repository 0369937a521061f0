/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "words/words-driver.h"

#include <string.h>

#define INF "USB\\VID_0483&PID_DF11\nUSB\\VID_2341&PID_0366\n"

static JmpDriver *
make (const char *instance_id, const char *service, const char *provider, guint problem)
{
  const JmpDriverFacts facts = {
    .instance_id = instance_id,
    .service = service,
    .provider = provider,
    .problem = problem,
  };

  return jmp_driver_new (&facts, INF);
}

static void
test_words_driver_says_what_is_bound (void **state)
{
  static const struct {
    const char *service;
    const char *provider;
    guint problem;
    const char *text;
    const char *advice; /* how it begins; NULL for none */
  } cases[] = {
    { "WinUSB", "Microsoft", 0, "has the driver WinUSB (Microsoft), which this program can", NULL },
    { NULL, NULL, 28, "is connected, but Windows has no driver for it.", "Install WinUSB" },
    { "STTub30", NULL, 0, "has the driver STTub30, which only ST’s own", "Install WinUSB" },
    { "libusb0",
      "libusb-win32",
      0,
      "libusb0 (libusb-win32), which this program cannot",
      "Install" },
    { "WinUSB", NULL, 52, "whose signature Windows does not trust.", "Install WinUSB" },
    { "WinUSB", NULL, 22, "is switched off", "Open the Device Manager" },
    { "WinUSB", NULL, 14, "must be restarted before the board 0483:df11", "Restart" },
    { "WinUSB", NULL, 10, "could not start it (code 10).", "Try another cable" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpDriver) driver = make (
        "USB\\VID_0483&PID_DF11\\1", cases[i].service, cases[i].provider, cases[i].problem);
    const JmpPermission nothing = { 0 };
    g_autofree char *text = jmp_words_driver (driver);
    const char *advice = jmp_words_driver_advice (driver, &nothing);

    if (strstr (text, cases[i].text) == NULL || strstr (text, "0483:df11") == NULL)
      fail_msg ("%s: %s", cases[i].text, text);
    if (cases[i].advice == NULL)
      assert_null (advice);
    else if (!g_str_has_prefix (advice, cases[i].advice))
      fail_msg ("%s: %s", cases[i].text, advice);
  }
}

/* What can be done depends on this copy of the program, and on what was done before. */
static void
test_words_driver_advises_what_can_be_done (void **state)
{
  g_autoptr (JmpDriver) driver = make ("USB\\VID_0483&PID_DF11\\1", "STTub30", NULL, 0);
  const JmpPermission unsigned_copy = { 0 };
  const JmpPermission can = { .can_install = TRUE };
  const JmpPermission done = { .can_install = TRUE, .is_ours = TRUE };

  assert_non_null (strstr (jmp_words_driver_advice (driver, &unsigned_copy), "Zadig"));
  assert_non_null (strstr (jmp_words_driver_advice (driver, &can), "the window of this program"));
  assert_non_null (strstr (jmp_words_driver_advice (driver, &done), "prefers the driver"));
}

static void
free_driver (gpointer data)
{
  jmp_driver_free (data);
}

static void
test_words_driver_is_found_by_ids (void **state)
{
  JmpPermission permission = { 0 };

  assert_null (jmp_words_find_driver (&permission, 0, 0));
  permission.drivers = g_ptr_array_new_with_free_func (free_driver);
  assert_null (jmp_words_find_driver (&permission, 0, 0));
  g_ptr_array_add (permission.drivers, make ("USB\\VID_0483&PID_DF11\\1", "WinUSB", NULL, 0));
  g_ptr_array_add (permission.drivers, make ("USB\\VID_2341&PID_0366\\2", "WinUSB", NULL, 0));
  g_ptr_array_add (permission.drivers, make ("USB\\VID_2341&PID_0366\\3", NULL, NULL, 28));

  /* the one that is in the way first */
  assert_string_equal (jmp_words_find_driver (&permission, 0, 0)->serial, "3");
  assert_string_equal (jmp_words_find_driver (&permission, 0x2341, 0x0366)->serial, "3");
  assert_string_equal (jmp_words_find_driver (&permission, 0x0483, 0xDF11)->serial, "1");
  assert_null (jmp_words_find_driver (&permission, 0x1209, 0x0001));
  g_ptr_array_unref (permission.drivers);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_words_driver_says_what_is_bound),
    cmocka_unit_test (test_words_driver_advises_what_can_be_done),
    cmocka_unit_test (test_words_driver_is_found_by_ids),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
