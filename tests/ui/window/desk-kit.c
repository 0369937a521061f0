/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "config.h"
#include "desk-kit.h"
#include "draw/resource.h"

static AdwApplication *app;

Desk *
desk_new (const GError *usb_problem)
{
  Desk *self = g_new0 (Desk, 1);

  self->monitor = jmp_monitor_new (NULL);
  self->kit = kit_board_new ("");
  self->widget = jmp_window_new (GTK_APPLICATION (app), self->monitor, usb_problem);
  g_set_weak_pointer (&self->window, JMP_WINDOW (self->widget));
  gtk_window_present (GTK_WINDOW (self->window));
  kit_settle ();
  return self;
}

gboolean
desk_is_gone (gpointer user_data)
{
  return *(gpointer *)user_data == NULL;
}

void
desk_free (Desk *self)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  kit_wait (desk_is_gone, &self->window);
  kit_assert_finalized (self->monitor);
  kit_board_free (self->kit);
  g_free (self);
}

void
desk_plug (Desk *self)
{
  jmp_monitor_add (self->monitor, self->kit->device);
  kit_settle ();
}

void
desk_open_file (Desk *self, const KitFirmware *firmware, JmpSessionState state)
{
  g_autoptr (GFile) file = kit_firmware_file (firmware, "firmware.dfu");

  jmp_window_open_file (self->window, file);
  kit_wait_for_state (self->window->current, state);
  kit_settle ();
}

void
desk_act (Desk *self, const char *action)
{
  assert_true (gtk_widget_activate_action (self->widget, action, NULL));
}

void
desk_finish (Desk *self, JmpSessionState state)
{
  kit_wait_for_state (self->window->current, state);
  kit_settle ();
}

void
desk_assert_good_page (Desk *self)
{
  kit_assert_named (self->widget);
  kit_assert_small (self->widget);
}

int
desk_set_up (void **state)
{
  g_autoptr (GError) error = NULL;

  if (kit_make_folder (state) != 0)
    return -1;
  jmp_resource_ensure ();
  app = g_object_new (
      ADW_TYPE_APPLICATION, "application-id", JMP_APP_ID, "flags", G_APPLICATION_NON_UNIQUE, NULL);
  return g_application_register (G_APPLICATION (app), NULL, &error) ? 0 : -1;
}

int
desk_tear_down (void **state)
{
  g_clear_object (&app);
  return kit_remove_folder (state);
}
