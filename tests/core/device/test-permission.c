/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The search for a rule, and the helper, both built from the same sources with a root of their own. */

#include "assert-text.h"
#include "base/error.h"
#include "device/permission-private.h"
#include "device/permission.h"

#include <glib/gstdio.h>
#include <sys/wait.h>

#define DF11 "ATTR{idVendor}==\"0483\", ATTR{idProduct}==\"df11\", "

static void
test_permission_rules (void **state)
{
  static const struct {
    const char *name;
    const char *file;
    const char *text;
    gboolean covers;
  } cases[] = {
    { "as it should be", "60-dfu.rules", DF11 "TAG+=\"uaccess\"", TRUE },
    { "too late for the tag", "99-dfu.rules", DF11 "TAG+=\"uaccess\"", FALSE },
    { "open to all", "99-dfu.rules", DF11 "MODE=\"0666\"", TRUE },
    { "open to all, finally", "45-dfu.rules", DF11 "MODE:=\"666\"", TRUE },
    { "for a group", "45-dfu.rules", DF11 "MODE=\"0664\", GROUP=\"plugdev\"", FALSE },
    { "capital letters",
      "45-dfu.rules",
      "ATTRS{idVendor}==\"0483\", ATTRS{idProduct}==\"DF11\", MODE=\"0666\"",
      TRUE },
    { "a comment", "60-dfu.rules", "# " DF11 "TAG+=\"uaccess\"", FALSE },
    { "another product",
      "60-dfu.rules",
      "ATTR{idVendor}==\"0483\", ATTR{idProduct}==\"374b\", TAG+=\"uaccess\"",
      FALSE },
    { "over two lines",
      "60-dfu.rules",
      "ATTR{idVendor}==\"0483\", \\\n  ATTR{idProduct}==\"df11\", TAG+=\"uaccess\"",
      TRUE },
    { "on two rules",
      "60-dfu.rules",
      "ATTR{idVendor}==\"0483\"\nATTR{idProduct}==\"df11\", TAG+=\"uaccess\"",
      FALSE },
    { "no value", "60-dfu.rules", "ATTR{idVendor}==0483, ATTR{idProduct}==\"df11", FALSE },
    { "nothing", "60-dfu.rules", "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (jmp_permission_covers (cases[i].file, cases[i].text) != cases[i].covers)
      fail_msg ("%s", cases[i].name);
}

static void
write_file (const char *path, const char *text)
{
  g_autofree char *file = g_strconcat (JMP_UDEV_ROOT, path, NULL);
  g_autofree char *folder = g_path_get_dirname (file);
  g_autoptr (GError) error = NULL;

  assert_int_equal (g_mkdir_with_parents (folder, 0755), 0);
  g_file_set_contents (file, text, -1, &error);
  assert_no_error (error);
}

static void
remove_file (const char *path)
{
  g_autofree char *file = g_strconcat (JMP_UDEV_ROOT, path, NULL);

  g_remove (file);
}

static int
clean (void **state)
{
  remove_file ("/.flatpak-info");
  remove_file ("/etc/udev/rules.d/60-dfu.rules");
  remove_file ("/etc/udev/rules.d/70-jumper.rules");
  remove_file ("/lib/udev/rules.d/60-dfu.rules");
  return 0;
}

static void
expect (JmpPermissionState state, const char *file, gboolean is_ours)
{
  g_autoptr (JmpPermission) permission = jmp_permission_look ();

  assert_string_equal (jmp_permission_state_to_string (permission->state),
                       jmp_permission_state_to_string (state));
  if (file != NULL)
    assert_string_equal (permission->file, file);
  else
    assert_null (permission->file);
  assert_int_equal (permission->is_ours, is_ours);
}

static void
test_permission_looks_where_udev_does (void **state)
{
  expect (JMP_PERMISSION_MISSING, NULL, FALSE);
  write_file ("/lib/udev/rules.d/60-dfu.rules", DF11 "TAG+=\"uaccess\"\n");
  expect (JMP_PERMISSION_INSTALLED, "/lib/udev/rules.d/60-dfu.rules", FALSE);
  /* a file of the same name in /etc is read in its place */
  write_file ("/etc/udev/rules.d/60-dfu.rules", "# switched off\n");
  expect (JMP_PERMISSION_MISSING, NULL, FALSE);
  write_file ("/.flatpak-info", "");
  expect (JMP_PERMISSION_UNKNOWN, NULL, FALSE);
}

static int
run_helper (const char *what, char **said)
{
  const char *const arguments[] = { JMP_TEST_HELPER, what, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (
      NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, said, &status, &error);
  assert_no_error (error);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

/* What udevadm was asked for since the last time; the tests' own writes it down. */
static char *
take_log (void)
{
  char *text = NULL;

  g_file_get_contents (JMP_UDEV_ROOT "/udevadm.log", &text, NULL, NULL);
  g_remove (JMP_UDEV_ROOT "/udevadm.log");
  return text != NULL ? text : g_strdup ("");
}

static void
test_permission_helper_installs_and_removes (void **state)
{
  g_autoptr (GBytes) rule = jmp_permission_get_rule ();
  g_autofree char *said = NULL;
  g_autofree char *log = NULL;
  g_autofree char *found = NULL;
  gsize size = 0;
  GStatBuf info;

  g_free (take_log ());
  expect (JMP_PERMISSION_MISSING, NULL, FALSE);
  assert_int_equal (run_helper ("install", &said), 0);
  assert_string_equal (said, "");
  expect (JMP_PERMISSION_INSTALLED, "/etc/udev/rules.d/70-jumper.rules", TRUE);
  assert_true (
      g_file_get_contents (JMP_UDEV_ROOT "/etc/udev/rules.d/70-jumper.rules", &found, &size, NULL));
  assert_int_equal (size, g_bytes_get_size (rule));
  assert_memory_equal (found, g_bytes_get_data (rule, NULL), size);
  assert_int_equal (g_stat (JMP_UDEV_ROOT "/etc/udev/rules.d/70-jumper.rules", &info), 0);
  assert_int_equal (info.st_mode & 0777, 0644);
  log = take_log ();
  assert_lines_equal (
      log,
      "control --reload\n"
      "trigger --subsystem-match=usb --attr-match=idVendor=0483\n"
      "trigger --subsystem-match=usb --property-match=ID_USB_INTERFACES=*:fe0102:*\n"
      "trigger --subsystem-match=tty --property-match=ID_VENDOR_ID=f055\n");

  /* twice is as good as once */
  assert_int_equal (run_helper ("install", NULL), 0);
  assert_int_equal (run_helper ("remove", NULL), 0);
  expect (JMP_PERMISSION_MISSING, NULL, FALSE);
  assert_int_equal (run_helper ("remove", NULL), 0);
  g_free (take_log ());
}

/* Whatever goes wrong, no half file is left behind. */
static void
test_permission_helper_leaves_nothing_behind (void **state)
{
  const char *folder = JMP_UDEV_ROOT "/etc/udev/rules.d";
  g_autofree char *said = NULL;
  g_autoptr (GDir) dir = NULL;

  assert_int_equal (
      g_mkdir_with_parents (JMP_UDEV_ROOT "/etc/udev/rules.d/70-jumper.rules/x", 0755), 0);
  assert_int_equal (run_helper ("install", &said), 1);
  assert_non_null (strstr (said, "70-jumper.rules"));
  g_rmdir (JMP_UDEV_ROOT "/etc/udev/rules.d/70-jumper.rules/x");
  g_rmdir (JMP_UDEV_ROOT "/etc/udev/rules.d/70-jumper.rules");
  dir = g_dir_open (folder, 0, NULL);
  assert_null (g_dir_read_name (dir));
  g_free (take_log ());
}

static void
test_permission_helper_takes_two_words_only (void **state)
{
  static const char *const words[] = { "",  "Install", "--help", "/etc/passwd", "install remove",
                                       NULL };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autofree char *said = NULL;

    assert_int_equal (run_helper (words[i], &said), 2);
    assert_string_equal (said, "usage: jumper-udev-helper install|remove\n");
  }
  expect (JMP_PERMISSION_MISSING, NULL, FALSE);
}

static void
test_permission_in_a_sandbox (void **state)
{
  g_autoptr (GError) error = NULL;

  write_file ("/.flatpak-info", "");
  assert_false (jmp_permission_install (NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, NULL);
  g_clear_error (&error);
  assert_false (jmp_permission_remove (NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, NULL);
}

/* pkexec is a script of the tests' own here, first in the path, that ends as it is told to. */
static void
test_permission_pkexec (void **state)
{
  static const struct {
    const char *name;
    const char *script;
    GQuark (*domain) (void);
    int code;
  } cases[] = {
    { "yes", "#!/bin/sh\nexec \"$@\"\n", NULL, 0 },
    { "the person says no", "#!/bin/sh\nexit 126\n", g_io_error_quark, G_IO_ERROR_CANCELLED },
    { "not allowed", "#!/bin/sh\nexit 127\n", jmp_error_quark, JMP_ERROR_PERMISSION },
    { "the helper fails",
      "#!/bin/sh\necho 'no space left' >&2\nexit 1\n",
      jmp_error_quark,
      JMP_ERROR_FAILED },
    { "the helper is ended", "#!/bin/sh\nkill -9 $$\n", jmp_error_quark, JMP_ERROR_FAILED },
  };
  g_autofree char *path = g_strconcat (JMP_UDEV_ROOT "/bin:", g_getenv ("PATH"), NULL);
  g_autofree char *before = g_strdup (g_getenv ("PATH"));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    gboolean done;

    write_file ("/bin/pkexec", cases[i].script);
    assert_int_equal (g_chmod (JMP_UDEV_ROOT "/bin/pkexec", 0755), 0);
    g_setenv ("PATH", path, TRUE);
    assert_true (jmp_permission_can_install ());
    done = jmp_permission_install (NULL, &error);
    g_setenv ("PATH", before, TRUE);
    if (done != (cases[i].domain == NULL)
        || (!done && !g_error_matches (error, cases[i].domain (), cases[i].code)))
      fail_msg ("%s: %s", cases[i].name, error != NULL ? error->message : "done");
  }
  expect (JMP_PERMISSION_INSTALLED, "/etc/udev/rules.d/70-jumper.rules", TRUE);
  g_free (take_log ());
  /* also where there is one, a sandbox does not reach it */
  write_file ("/.flatpak-info", "");
  g_setenv ("PATH", path, TRUE);
  assert_false (jmp_permission_can_install ());
  g_setenv ("PATH", before, TRUE);
}

/* The rule is one that this program itself would take for enough, and for nothing else than its boards. */
static void
test_permission_rule_is_good (void **state)
{
  g_autoptr (GBytes) rule = jmp_permission_get_rule ();
  g_autofree char *text = g_strndup (g_bytes_get_data (rule, NULL), g_bytes_get_size (rule));
  g_autofree char *name = g_path_get_basename (jmp_permission_get_rule_file ());

  assert_true (jmp_permission_covers (name, text));
  assert_null (strstr (text, "MODE="));
  assert_null (strstr (text, "RUN"));
  assert_null (strstr (text, "PROGRAM"));
}

static void
test_permission_commands_name_the_file (void **state)
{
  g_autofree char *commands = jmp_permission_make_commands ();

  assert_non_null (strstr (commands, jmp_permission_get_rule_file ()));
  assert_non_null (strstr (commands, "LABEL=\"jumper_end\"\nEND\nsudo udevadm control --reload"));
}

/* The helper's udevadm, in the root that it knows. */
static int
install_udevadm (void **state)
{
  g_autofree char *script = NULL;

  assert_true (g_file_get_contents (JMP_TEST_UDEVADM, &script, NULL, NULL));
  write_file ("/udevadm", script);
  return g_chmod (JMP_UDEV_ROOT "/udevadm", 0755);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_permission_rules),
    cmocka_unit_test_setup_teardown (test_permission_looks_where_udev_does, clean, clean),
    cmocka_unit_test_setup_teardown (test_permission_helper_installs_and_removes, clean, clean),
    cmocka_unit_test_setup_teardown (test_permission_helper_leaves_nothing_behind, clean, clean),
    cmocka_unit_test_setup_teardown (test_permission_helper_takes_two_words_only, clean, clean),
    cmocka_unit_test_setup_teardown (test_permission_in_a_sandbox, clean, clean),
    cmocka_unit_test_setup_teardown (test_permission_pkexec, clean, clean),
    cmocka_unit_test (test_permission_rule_is_good),
    cmocka_unit_test (test_permission_commands_name_the_file),
  };

  return cmocka_run_group_tests_name ("core/device/permission", tests, install_udevadm, NULL);
}
