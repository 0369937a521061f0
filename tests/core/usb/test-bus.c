/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "usb/bus.h"

/* What can be seen without a device; tests/usb has devices on a simulated bus. */
static JmpUsbBus *
new_bus (void)
{
  g_autoptr (GError) error = NULL;
  JmpUsbBus *bus = jmp_usb_bus_new (&error);

  if (bus == NULL) {
    assert_int_equal (error->domain, JMP_ERROR);
    print_message ("no USB on this system: %s\n", error->message);
    skip ();
  }
  return bus;
}

static void
changed_cb (gpointer user_data)
{
}

static void
test_bus_ends_cleanly (void **state)
{
  for (guint i = 0; i < 20; i++) {
    g_autoptr (JmpUsbBus) bus = new_bus ();
    g_autoptr (JmpUsbBus) other = jmp_usb_bus_ref (bus);

    assert_ptr_equal (bus, other);
  }
}

static void
test_bus_entries_say_where_and_what (void **state)
{
  g_autoptr (JmpUsbBus) bus = new_bus ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = jmp_usb_bus_list (bus, &error);

  assert_no_error (error);
  for (guint i = 0; i < entries->len; i++) {
    JmpUsbEntry *entry = g_ptr_array_index (entries, i);

    assert_non_null (strchr (jmp_usb_entry_get_path (entry), '-'));
    assert_true (g_bytes_get_size (jmp_usb_entry_get_descriptors (entry)) >= 18);
  }
}

static void
test_bus_watch_and_unwatch (void **state)
{
  g_autoptr (JmpUsbBus) bus = new_bus ();

  jmp_usb_bus_watch (bus, changed_cb, NULL);
  jmp_usb_bus_unwatch (bus);
  jmp_usb_bus_unwatch (bus);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_bus_ends_cleanly),
    cmocka_unit_test (test_bus_entries_say_where_and_what),
    cmocka_unit_test (test_bus_watch_and_unwatch),
  };

  return cmocka_run_group_tests_name ("core/usb/bus", tests, NULL, NULL);
}
