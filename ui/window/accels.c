/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "window/accels.h"

static const JmpAccel ACCELS[] = {
  { "app.help", { "F1" } },
  { "app.history", { "<Control>h" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.practice::pyboard", { "<Control><Shift>p" } },
  { "app.quit", { "<Control>q" } },
  { "win.show-help-overlay", { "<Control>F1", "<Control>question" } },
  { "window.close", { "<Control>w" } },
  { "win.open", { "<Control>o" } },
  { "win.start", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.back-up", { "<Control>s" } },
  { "win.copy-report", { "<Control><Shift>c" } },
  { "win.connect", { "<Control>n" } },
  { "win.select-several", { "<Control><Shift>s" } },
  { "win.update-all", { "<Control>u" } },
  { "win.table", { "<Control>t" } },
  { "win.back", { "<Alt>Left" } },
  { "win.done", { "<Alt>Return" } },
  { "win.restart-practice", { "<Control><Shift>r" } },
  { "win.unplug-practice", { "<Control><Shift>u" } },
  { "win.remove-practice", { "<Control><Shift>d" } },
};

/**
 * jmp_accels:
 * @n_accels: (out): how many there are
 *
 * Returns: (array length=n_accels) (transfer none): the table
 */
const JmpAccel *
jmp_accels (guint *n_accels)
{
  *n_accels = G_N_ELEMENTS (ACCELS);
  return ACCELS;
}

/**
 * jmp_accels_install:
 * @app: the program
 *
 * Gives the keys to the program's actions.
 */
void
jmp_accels_install (GtkApplication *app)
{
  for (guint i = 0; i < G_N_ELEMENTS (ACCELS); i++)
    gtk_application_set_accels_for_action (app, ACCELS[i].action, ACCELS[i].accels);
}
