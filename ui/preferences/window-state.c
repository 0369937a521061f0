/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "preferences/window-state.h"

#include "preferences/settings.h"

/**
 * jmp_settings_bind_window:
 * @window: a window that was not shown yet
 *
 * Gives it the size that it had the last time, and keeps the size that it gets.
 */
void
jmp_settings_bind_window (GtkWindow *window)
{
  GSettings *settings = jmp_settings_get ();

  if (settings == NULL)
    return;
  g_settings_bind (
      settings, JMP_SETTING_WINDOW_WIDTH, window, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (
      settings, JMP_SETTING_WINDOW_HEIGHT, window, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (
      settings, JMP_SETTING_WINDOW_MAXIMIZED, window, "maximized", G_SETTINGS_BIND_DEFAULT);
}
