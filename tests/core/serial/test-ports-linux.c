/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "serial/port-private.h"

#include <errno.h>

static void
test_ports_usb_path (void **state)
{
  static const struct {
    const char *name;
    const char *link;
    const char *path;
  } cases[] = {
    { "a CDC port on a hub",
      "../../devices/pci0000:00/0000:00:14.0/usb1/1-4/1-4.2/1-4.2:1.1/tty/ttyACM0",
      "1-4.2" },
    { "a USB-to-serial chip",
      "../../devices/pci0000:00/usb2/2-10/2-10:1.0/ttyUSB0/tty/ttyUSB0",
      "2-10" },
    { "an old port", "../../devices/pnp0/00:04/tty/ttyS0", NULL },
    { "a console", "../../devices/virtual/tty/tty0", NULL },
    { "an address that looks a little like one",
      "../../devices/pci0000:00/0000:00:14-1:0/tty/ttyS1",
      NULL },
    { "no path at all", "", NULL },
    { "only the interface", "3-1:1.0", "3-1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = jmp_serial_find_usb_path (cases[i].link);

    if (g_strcmp0 (path, cases[i].path) != 0)
      fail_msg ("%s: %s", cases[i].name, path != NULL ? path : "none");
  }
}

static void
test_ports_errors_of_the_system (void **state)
{
  static const struct {
    int code;
    JmpError error;
  } cases[] = {
    { EACCES, JMP_ERROR_PERMISSION },   { EPERM, JMP_ERROR_PERMISSION },
    { EBUSY, JMP_ERROR_BUSY },          { ENOENT, JMP_ERROR_DISCONNECTED },
    { ENODEV, JMP_ERROR_DISCONNECTED }, { ENXIO, JMP_ERROR_DISCONNECTED },
    { EIO, JMP_ERROR_DISCONNECTED },    { ENOMEM, JMP_ERROR_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_int_equal (jmp_serial_map_error (cases[i].code), cases[i].error);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_ports_usb_path),
    cmocka_unit_test (test_ports_errors_of_the_system),
  };

  return cmocka_run_group_tests_name ("core/serial/ports-linux", tests, NULL, NULL);
}
