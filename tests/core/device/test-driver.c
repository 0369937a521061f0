/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "device/permission-private.h"

#include <glib/gstdio.h>

#define DFU     "USB\\Class_FE&SubClass_01&Prot_02"
#define RUNTIME "USB\\Class_FE&SubClass_01&Prot_01"
#define BOARD   "USB\\VID_0483&PID_DF11\\3673395C3432"

static char *inf; /* data/windows/jumper.inf */

static int
read_inf (void **state)
{
  const char *file = g_getenv ("JMP_DRIVER_INF");

  return file != NULL && g_file_get_contents (file, &inf, NULL, NULL) ? 0 : -1;
}

static int
free_inf (void **state)
{
  g_clear_pointer (&inf, g_free);
  return 0;
}

static JmpDriver *
make (const char *instance_id, const char *compatible_id, const char *service, guint problem)
{
  const char *const compatible_ids[] = { "USB\\Class_FE", compatible_id, NULL };
  const JmpDriverFacts facts = {
    .instance_id = instance_id,
    .compatible_ids = compatible_id != NULL ? compatible_ids : NULL,
    .service = service,
    .problem = problem,
  };

  return jmp_driver_new (&facts, inf);
}

static void
test_driver_is_judged (void **state)
{
  static const struct {
    const char *name;
    const char *service;
    guint problem;
    JmpDriverState expected;
    JmpDriverFix fix;
  } cases[] = {
    { "WinUSB works", "WinUSB", 0, JMP_DRIVER_USABLE, JMP_DRIVER_FIX_NONE },
    { "any case", "WINUSB", 0, JMP_DRIVER_USABLE, JMP_DRIVER_FIX_NONE },
    { "Zadig's other choice", "libusbK", 0, JMP_DRIVER_USABLE, JMP_DRIVER_FIX_NONE },
    { "yellow triangle", NULL, 28, JMP_DRIVER_NONE, JMP_DRIVER_FIX_INSTALL },
    { "just plugged in", NULL, 1, JMP_DRIVER_NONE, JMP_DRIVER_FIX_INSTALL },
    { "nothing bound, no problem told", NULL, 0, JMP_DRIVER_NONE, JMP_DRIVER_FIX_INSTALL },
    { "an empty name", "", 0, JMP_DRIVER_NONE, JMP_DRIVER_FIX_INSTALL },
    { "to be installed again", "WinUSB", 18, JMP_DRIVER_NONE, JMP_DRIVER_FIX_INSTALL },
    { "STM Device in DFU Mode", "STTub30", 0, JMP_DRIVER_ST, JMP_DRIVER_FIX_INSTALL },
    { "ST's, not started", "STTub30", 10, JMP_DRIVER_ST, JMP_DRIVER_FIX_INSTALL },
    { "ST's before that", "sttub203", 0, JMP_DRIVER_ST, JMP_DRIVER_FIX_INSTALL },
    { "libusb-win32", "libusb0", 0, JMP_DRIVER_OTHER, JMP_DRIVER_FIX_INSTALL },
    { "a vendor's", "XYZUSB", 0, JMP_DRIVER_OTHER, JMP_DRIVER_FIX_INSTALL },
    { "self-signed, not trusted", "WinUSB", 52, JMP_DRIVER_UNTRUSTED, JMP_DRIVER_FIX_INSTALL },
    { "switched off", "WinUSB", 22, JMP_DRIVER_DISABLED, JMP_DRIVER_FIX_ENABLE },
    { "switched off, wrong one", "STTub30", 22, JMP_DRIVER_DISABLED, JMP_DRIVER_FIX_ENABLE },
    { "to be restarted", "WinUSB", 14, JMP_DRIVER_RESTART, JMP_DRIVER_FIX_RESTART },
    { "cannot start", "WinUSB", 10, JMP_DRIVER_FAILED, JMP_DRIVER_FIX_REPLUG },
    { "reported problems", "WinUSB", 43, JMP_DRIVER_FAILED, JMP_DRIVER_FIX_REPLUG },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpDriver) driver = make (BOARD, DFU, cases[i].service, cases[i].problem);

    assert_non_null (driver);
    if (driver->state != cases[i].expected || jmp_driver_get_fix (driver) != cases[i].fix)
      fail_msg ("%s: %s", cases[i].name, jmp_driver_state_to_string (driver->state));
    assert_int_equal (driver->problem, cases[i].problem);
  }
}

static void
test_driver_is_of_a_board_in_dfu_mode (void **state)
{
  static const struct {
    const char *name;
    const char *id;
    const char *compatible_id;
    const char *service;
    const char *expected; /* "VID:PID serial" */
  } cases[] = {
    { "by its class", "USB\\VID_1234&PID_5678\\A1", DFU, NULL, "1234:5678 A1" },
    { "by its ids", BOARD, NULL, NULL, "0483:df11 3673395C3432" },
    { "ids in small letters", "usb\\vid_0483&pid_df11\\x", NULL, NULL, "0483:df11 x" },
    { "a Particle board", "USB\\VID_2B04&PID_D006\\1", NULL, NULL, "2b04:d006 1" },
    { "no serial number", "USB\\VID_0483&PID_DF11\\6&870CE29&0&1", NULL, NULL, "0483:df11" },
    { "a function", "USB\\VID_0483&PID_DF11&MI_00\\7&1&0", DFU, "WinUSB", "0483:df11" },
    { "all functions together", BOARD, "USB\\COMPOSITE", "usbccgp", NULL },
    { "a board that runs", "USB\\VID_F055&PID_9800\\1", "USB\\Class_02", NULL, NULL },
    { "a headset that could", "USB\\VID_0B0E&PID_0412\\1", RUNTIME, NULL, NULL },
    { "ST-Link", "USB\\VID_0483&PID_374B\\1", NULL, "usbccgp", NULL },
    { "a longer id", "USB\\VID_0483&PID_DF112\\1", DFU, NULL, NULL },
    { "not on USB", "HID\\VID_0483&PID_DF11\\1", DFU, NULL, NULL },
    { "a hub", "USB\\ROOT_HUB30\\4&1&0", NULL, NULL, NULL },
    { "no product", "USB\\VID_0483\\1", DFU, NULL, NULL },
    { "no number", "USB\\VID_04&PID_DF11\\1", DFU, NULL, NULL },
    { "no instance", "USB\\VID_0483&PID_DF11", DFU, NULL, NULL },
    { "nothing", "", DFU, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpDriver) driver = make (cases[i].id, cases[i].compatible_id, cases[i].service, 0);
    g_autofree char *got = NULL;

    if (driver != NULL)
      got = g_strdup_printf ("%04x:%04x%s%s",
                             driver->vid,
                             driver->pid,
                             driver->serial != NULL ? " " : "",
                             driver->serial != NULL ? driver->serial : "");
    if (g_strcmp0 (got, cases[i].expected) != 0)
      fail_msg ("%s: %s", cases[i].name, got != NULL ? got : "no driver");
  }
}

static void
test_driver_texts_are_utf8_and_copied (void **state)
{
  const JmpDriverFacts facts = {
    .instance_id = "USB\\VID_0483&PID_DF11\\\xFF",
    .service = "Win\xFF",
    .provider = "\xC5\xBB\xC3\xB3\xC5\x82w",
  };
  g_autoptr (JmpDriver) driver = jmp_driver_new (&facts, inf);
  g_autoptr (JmpDriver) copy = jmp_driver_copy (driver);

  assert_true (g_utf8_validate (copy->serial, -1, NULL));
  assert_true (g_utf8_validate (copy->service, -1, NULL));
  assert_string_equal (copy->provider, facts.provider);
  assert_ptr_not_equal (copy->provider, driver->provider);
}

static void
free_driver (gpointer data)
{
  jmp_driver_free (data);
}

static void
test_driver_states_come_to_one (void **state)
{
  static const struct {
    const char *name;
    const char *services[3];
    const char *published;
    JmpPermissionState expected;
  } cases[] = {
    { "no board, no package", { NULL }, NULL, JMP_PERMISSION_UNKNOWN },
    { "no board, our package", { NULL }, "oem7.inf", JMP_PERMISSION_INSTALLED },
    { "a board with a driver", { "WinUSB" }, NULL, JMP_PERMISSION_INSTALLED },
    { "a board without", { "" }, NULL, JMP_PERMISSION_MISSING },
    { "one of two without", { "WinUSB", "" }, NULL, JMP_PERMISSION_MISSING },
    { "ST's is preferred", { "STTub30" }, "oem7.inf", JMP_PERMISSION_MISSING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) drivers = g_ptr_array_new_with_free_func (free_driver);

    for (guint j = 0; cases[i].services[j] != NULL; j++)
      g_ptr_array_add (drivers, make (BOARD, DFU, cases[i].services[j], 0));
    if (jmp_permission_judge (drivers, cases[i].published) != cases[i].expected)
      fail_msg ("%s: not %s", cases[i].name, jmp_permission_state_to_string (cases[i].expected));
  }
}

static void
put (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  assert_no_error (error);
}

static void
drop (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  assert_int_equal (g_remove (path), 0);
}

static void
test_driver_finds_our_package (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("jumper-inf-XXXXXX", &error);
  g_autofree char *found = NULL;

  assert_no_error (error);
  assert_null (jmp_driver_find_published ("/no/such/folder"));
  /* somebody else's, and ours under names that Windows does not give */
  put (folder, "oem3.inf", "[Version]\nProvider = \"Somebody\"\n");
  put (folder, "winusb.inf", inf);
  put (folder, "oem.inf", inf);
  put (folder, "oem1x.inf", inf);
  put (folder, "oem5.pnf", inf);
  assert_null (jmp_driver_find_published (folder));
  put (folder, "oem12.inf", inf);
  found = jmp_driver_find_published (folder);
  assert_string_equal (found, "oem12.inf");

  drop (folder, "oem3.inf");
  drop (folder, "winusb.inf");
  drop (folder, "oem.inf");
  drop (folder, "oem1x.inf");
  drop (folder, "oem5.pnf");
  drop (folder, "oem12.inf");
  assert_int_equal (g_rmdir (folder), 0);
}

static void
test_driver_results_are_judged (void **state)
{
  static const struct {
    const char *name;
    guint32 code;
    int error;
    const char *text; /* of the error; NULL for none */
  } cases[] = {
    { "done", 0, 0, NULL },
    { "no board has it yet", 259, 0, NULL },
    { "restart needed", 3010, 0, NULL },
    { "restarting", 1641, 0, NULL },
    { "no administrator", 5, JMP_ERROR_PERMISSION, "may not" },
    { "no catalogue", 0xE000022F, JMP_ERROR_FAILED, "signature" },
    { "own certificate", 0x800B0109, JMP_ERROR_FAILED, "signature" },
    { "something else", 2, JMP_ERROR_FAILED, "0x00000002" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    const gboolean ok = jmp_driver_check_result (cases[i].code, &error);

    if (ok != (cases[i].text == NULL))
      fail_msg ("%s", cases[i].name);
    if (!ok)
      assert_error (error, JMP_ERROR, cases[i].error, cases[i].text);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_driver_is_judged),
    cmocka_unit_test (test_driver_is_of_a_board_in_dfu_mode),
    cmocka_unit_test (test_driver_texts_are_utf8_and_copied),
    cmocka_unit_test (test_driver_states_come_to_one),
    cmocka_unit_test (test_driver_finds_our_package),
    cmocka_unit_test (test_driver_results_are_judged),
  };

  return cmocka_run_group_tests (tests, read_inf, free_inf);
}
