/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "draw/resource.h"
#include "permission/permission-window.h"
#include "widget-kit.h"

/* The system, as the worker finds it: only touched while nobody works. */
static JmpPermission there;
static const GError *failure; /* of the next installation */
static guint n_installed, n_removed;
static GPtrArray *drivers; /* that the system tells of */

static JmpPermission *
fake_look (void)
{
  JmpPermission *found = g_new0 (JmpPermission, 1);

  *found = there;
  found->file = g_strdup (there.file);
  if (there.drivers != NULL)
    found->drivers = g_ptr_array_ref (there.drivers);
  return found;
}

static gboolean
fake_install (GCancellable *cancellable, GError **error)
{
  n_installed++;
  if (failure != NULL) {
    g_propagate_error (error, g_error_copy (failure));
    return FALSE;
  }
  there.state = JMP_PERMISSION_INSTALLED;
  there.file = (char *)"/etc/udev/rules.d/70-jumper.rules";
  there.is_ours = TRUE;
  return TRUE;
}

static gboolean
fake_remove (GCancellable *cancellable, GError **error)
{
  n_removed++;
  there.state = JMP_PERMISSION_MISSING;
  there.is_ours = FALSE;
  return TRUE;
}

static const JmpPermissionOps FAKE = { fake_look, fake_install, fake_remove };

static gboolean
is_idle (gpointer user_data)
{
  return !jmp_permission_window_is_busy (user_data);
}

static void
settle (GtkWidget *window)
{
  kit_wait (is_idle, window);
  kit_settle ();
}

static GtkWidget *
open_window (JmpPermissionState state, GListStore *boards)
{
  GtkWidget *window;

  there = (JmpPermission){
    .state = state,
    .can_install = state != JMP_PERMISSION_UNKNOWN,
    .file = (char *)"/a/rule",
    .drivers = drivers,
  };
  failure = NULL;
  n_installed = n_removed = 0;
  window = jmp_permission_window_new (NULL, boards != NULL ? G_LIST_MODEL (boards) : NULL, &FAKE);
  gtk_window_present (GTK_WINDOW (window));
  settle (window);
  return window;
}

static void
close_window (GtkWidget *window)
{
  g_object_ref (window);
  gtk_window_destroy (GTK_WINDOW (window));
  kit_assert_finalized (window);
}

static void
test_permission_window_installs_and_undoes (void **state)
{
  GtkWidget *window = open_window (JMP_PERMISSION_MISSING, NULL);

  assert_true (kit_shows (window, "The Rule Is Missing"));
  assert_false (kit_can_press (window, "_Undo the Installation…"));
  kit_assert_named (window);
  kit_assert_small (window);

  kit_press (window, "_Install the Rule…");
  assert_false (kit_can_press (window, "_Install the Rule…"));
  settle (window);
  assert_int_equal (n_installed, 1);
  assert_true (kit_shows (window, "A Rule Is There"));
  assert_true (kit_shows (window, "/etc/udev/rules.d/70-jumper.rules"));
  assert_false (kit_can_press (window, "_Install the Rule…"));

  kit_press (window, "_Undo the Installation…");
  settle (window);
  assert_int_equal (n_removed, 1);
  assert_true (kit_shows (window, "The Rule Is Missing"));
  close_window (window);
}

static void
test_permission_window_says_what_went_wrong (void **state)
{
  g_autoptr (GError) broken = g_error_new (JMP_ERROR, JMP_ERROR_FAILED, "the helper failed");
  g_autoptr (GError) no = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "no password was given");
  GtkWidget *window = open_window (JMP_PERMISSION_MISSING, NULL);

  failure = broken;
  kit_press (window, "_Install the Rule…");
  settle (window);
  assert_true (kit_shows (window, "the helper failed"));
  assert_true (kit_can_press (window, "_Install the Rule…"));

  failure = no;
  kit_press (window, "_Install the Rule…");
  settle (window);
  assert_true (kit_shows (window, "Nothing Was Changed"));
  assert_false (kit_shows (window, "the helper failed"));
  close_window (window);
}

/* Somebody else's rule is not ours to take away. */
static void
test_permission_window_leaves_other_rules_alone (void **state)
{
  GtkWidget *window = open_window (JMP_PERMISSION_INSTALLED, NULL);

  assert_true (kit_shows (window, "/a/rule"));
  assert_false (kit_can_press (window, "_Undo the Installation…"));
  assert_false (kit_can_press (window, "_Install the Rule…"));
  close_window (window);
}

static void
test_permission_window_in_a_sandbox_has_steps_to_copy (void **state)
{
  GtkWidget *window = open_window (JMP_PERMISSION_UNKNOWN, NULL);

  assert_true (kit_shows (window, "runs in a sandbox"));
  assert_false (kit_can_press (window, "_Install the Rule…"));
  assert_true (gtk_widget_activate_action (window, "permission.copy", NULL));
  close_window (window);
}

/* A rule proves nothing: a board that was opened does. */
static void
test_permission_window_tests_with_a_board (void **state)
{
  g_autoptr (GListStore) boards = g_list_store_new (JMP_TYPE_DEVICE);
  g_autoptr (JmpDevice) refused = kit_unusable_device_new (JMP_ERROR_PERMISSION);
  GtkWidget *window = open_window (JMP_PERMISSION_MISSING, boards);

  assert_true (kit_shows (window, "No Board to Test With"));
  g_list_store_append (boards, refused);
  kit_settle ();
  assert_true (kit_shows (window, "permission is missing"));
  kit_press (window, "_Install the Rule…");
  settle (window);
  assert_true (kit_shows (window, "unplug it, and plug it in again"));
  g_list_store_remove_all (boards);
  kit_settle ();
  assert_true (kit_shows (window, "No Board to Test With"));
  close_window (window);
}

static void
free_driver (gpointer data)
{
  jmp_driver_free (data);
}

/* What Windows tells of. */
static void
tell_driver (const char *service, const char *provider, guint problem)
{
  const JmpDriverFacts facts = {
    .instance_id = "USB\\VID_0483&PID_DF11\\1",
    .service = service,
    .provider = provider,
    .problem = problem,
  };

  g_clear_pointer (&drivers, g_ptr_array_unref);
  drivers = g_ptr_array_new_with_free_func (free_driver);
  g_ptr_array_add (drivers, jmp_driver_new (&facts, "USB\\VID_0483&PID_DF11\n"));
}

static void
test_permission_window_names_the_driver (void **state)
{
  g_autoptr (GListStore) boards = g_list_store_new (JMP_TYPE_DEVICE);
  g_autoptr (JmpDevice) device = kit_unusable_device_new (JMP_ERROR_NO_DRIVER);
  GtkWidget *window;

  tell_driver ("STTub30", "STMicroelectronics", 0);
  window = open_window (JMP_PERMISSION_MISSING, NULL);
  assert_true (
      kit_shows (window, "The board 0483:df11 has the driver STTub30 (STMicroelectronics)"));
  assert_true (kit_shows (window, "Install WinUSB from the window of this program"));
  assert_true (kit_can_press (window, "_Install the Rule…"));
  close_window (window);

  tell_driver ("WinUSB", "Microsoft", 43);
  window = open_window (JMP_PERMISSION_MISSING, boards);
  assert_true (kit_shows (window, "could not start it (code 43)"));
  assert_true (kit_shows (window, "another cable"));

  /* another board is there: the system is asked again */
  tell_driver (NULL, NULL, 28);
  there.drivers = drivers;
  g_list_store_append (boards, device);
  settle (window);
  assert_true (kit_shows (window, "but Windows has no driver for it."));
  close_window (window);
  g_clear_pointer (&drivers, g_ptr_array_unref);
}

static void
test_permission_window_can_close_while_it_works (void **state)
{
  GtkWidget *window = open_window (JMP_PERMISSION_MISSING, NULL);

  kit_press (window, "_Install the Rule…");
  close_window (window);
}

static int
setup (void **state)
{
  jmp_resource_ensure ();
  adw_init ();
  return 0;
}

int
main (int argc, char *argv[])
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_permission_window_installs_and_undoes),
    cmocka_unit_test (test_permission_window_says_what_went_wrong),
    cmocka_unit_test (test_permission_window_leaves_other_rules_alone),
    cmocka_unit_test (test_permission_window_in_a_sandbox_has_steps_to_copy),
    cmocka_unit_test (test_permission_window_tests_with_a_board),
    cmocka_unit_test (test_permission_window_names_the_driver),
    cmocka_unit_test (test_permission_window_can_close_while_it_works),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/permission/permission-window", tests, setup, NULL);
}
