/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-kit.h"

#include "assert-text.h"

BusKit *
bus_kit_new (const char *const *specs)
{
  BusKit *self = g_new0 (BusKit, 1);
  g_autoptr (GError) error = NULL;

  self->mock = mock_usbfs_new ();
  for (gsize i = 0; specs[i] != NULL; i++) {
    assert_true (i < BUS_KIT_MOST);
    self->boards[i] = jmp_virtual_board_new (specs[i], &error);
    assert_no_error (error);
    self->paths[i] = mock_usbfs_plug (self->mock, self->boards[i]);
    self->n_boards++;
  }
  self->bus = jmp_usb_bus_new (&error);
  assert_no_error (error);
  return self;
}

void
bus_kit_free (BusKit *self)
{
  jmp_usb_bus_unref (self->bus);
  mock_usbfs_free (self->mock);
  for (gsize i = 0; i < self->n_boards; i++)
    jmp_virtual_board_unref (self->boards[i]);
  g_free (self);
}

JmpDfu *
bus_kit_open (BusKit *self, gsize i)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = jmp_usb_bus_list (self->bus, &error);
  g_autoptr (JmpDfuInfo) info = NULL;
  JmpUsb *usb = NULL;
  JmpDfu *dfu;

  assert_no_error (error);
  for (guint n = 0; n < entries->len; n++) {
    if (g_str_equal (jmp_usb_entry_get_path (entries->pdata[n]), self->paths[i]))
      usb = jmp_usb_bus_open (self->bus, entries->pdata[n], &error);
  }
  assert_no_error (error);
  assert_non_null (usb);
  info = jmp_dfu_info_read (usb, NULL, &error);
  assert_no_error (error);
  dfu = jmp_dfu_open (usb, info, &error);
  assert_no_error (error);
  return dfu;
}

char *
bus_kit_run_dfu_util (BusKit *self, const char *const *args, int status)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_strv_builder_add (builder, "dfu-util");
  g_strv_builder_addv (builder, (const char **)args);
  argv = g_strv_builder_end (builder);
  mock_usbfs_prepare_child (self->mock, launcher);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv, &error);
  assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  assert_no_error (error);
  if (!g_subprocess_get_if_exited (process) || g_subprocess_get_exit_status (process) != status)
    fail_msg ("dfu-util ended with %d:\n%s", g_subprocess_get_exit_status (process), output);
  return output;
}

gboolean
bus_kit_is_possible (void)
{
  g_autofree char *dfu_util = g_find_program_in_path ("dfu-util");
  MockUsbfs *mock = mock_usbfs_new ();

  if (mock != NULL)
    mock_usbfs_free (mock);
  return mock != NULL && dfu_util != NULL;
}
