/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "device/practice.h"
#include "jumperctl/device-choice.h"

typedef enum {
  USABLE,
  NO_PERMISSION,
  BUSY,
} Kind;

static JmpUsb *
open_none (gpointer user_data, GError **error)
{
  g_set_error (error, JMP_ERROR, JMP_ERROR_FAILED, "nothing to open");
  return NULL;
}

/* A board at a path, whose descriptors are a practice board's. */
static JmpDevice *
make (const char *path, Kind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (JmpDevice) practice = jmp_practice_device_parse ("virtual:pyboard,speed=0", &error);
  const JmpDeviceSource source = { .path = path, .open = open_none };

  assert_no_error (error);
  if (kind != USABLE)
    problem = g_error_new (
        JMP_ERROR, kind == BUSY ? JMP_ERROR_BUSY : JMP_ERROR_PERMISSION, "opening the device: no");
  return jmp_device_new (&source, jmp_device_get_info (practice), problem);
}

static void
test_pick_takes_the_only_usable_board (void **state)
{
  static const struct {
    const char *name;
    Kind kinds[3];
    guint n;
    int error; /* -1: none */
    const char *path;
  } rows[] = {
    { "none", { USABLE }, 0, JMP_ERROR_NOT_FOUND, "plugged in" },
    { "one", { USABLE }, 1, -1, "1-1" },
    { "one that cannot be opened", { NO_PERMISSION }, 1, JMP_ERROR_PERMISSION, "1-1: opening" },
    { "one that is busy", { BUSY }, 1, JMP_ERROR_BUSY, "1-1: opening" },
    { "the usable one of two", { NO_PERMISSION, USABLE }, 2, -1, "1-2" },
    { "two", { USABLE, USABLE }, 2, JMP_ERROR_SEVERAL, "2 boards" },
    { "two that cannot be opened", { BUSY, NO_PERMISSION }, 2, JMP_ERROR_BUSY, "1-1" },
    { "two and one", { USABLE, NO_PERMISSION, USABLE }, 3, JMP_ERROR_SEVERAL, "2 boards" },
  };
  static const char *const paths[] = { "1-1", "1-2", "1-3" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (JmpDevice) found = NULL;
    g_autoptr (GError) error = NULL;

    print_message ("%s\n", rows[i].name);
    for (guint d = 0; d < rows[i].n; d++)
      g_ptr_array_add (devices, make (paths[d], rows[i].kinds[d]));
    if (ctl_pick_device (devices, &found, &error)) {
      assert_int_equal (rows[i].error, -1);
      assert_string_equal (jmp_device_get_path (found), rows[i].path);
    } else {
      assert_error (error, JMP_ERROR, rows[i].error, rows[i].path);
    }
  }
}

static void
test_selector_means_one_board_only (void **state)
{
  g_autoptr (JmpDevice) one = make ("1-1", USABLE);
  g_autoptr (JmpDevice) twin = make ("1-2", USABLE);
  g_autoptr (GPtrArray) devices = g_ptr_array_new ();
  g_autofree char *alone = NULL;
  g_autofree char *with_twin = NULL;

  g_ptr_array_add (devices, one);
  alone = ctl_device_selector (one, devices);
  assert_string_equal (alone, "serial:365738513233");
  g_ptr_array_add (devices, twin);
  with_twin = ctl_device_selector (one, devices);
  assert_string_equal (with_twin, "path:1-1");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_pick_takes_the_only_usable_board),
    cmocka_unit_test (test_selector_means_one_board_only),
  };

  return cmocka_run_group_tests_name ("app/device-choice", tests, NULL, NULL);
}
