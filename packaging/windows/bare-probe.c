/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* For tests/bench/bare-window.c under Wine, where packaging/windows/test measures from outside: the window,
 * and nothing else. */

#include "window-probe.h"

int
window_probe_first_frame (GtkApplication *app)
{
  return g_application_run (G_APPLICATION (app), 0, NULL);
}

int
window_probe_rest (GtkApplication *app, guint seconds)
{
  return g_application_run (G_APPLICATION (app), 0, NULL);
}
