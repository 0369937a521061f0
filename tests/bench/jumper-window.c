/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The window of jumper, measured:
 *
 *   jumper-window frame | rest SECONDS | flash SECONDS FILE SPEC…
 *
 * The last makes a practice board for each SPEC and presses the main button for each, with FILE opened.
 * What became of them is in the files that the SPECs name. See window-probe.h. */

#include "window-probe.h"
#include "window/application.h"
#include "window/window.h"

#include <adwaita.h>
#include <stdlib.h>

/* A person's hand for one board: time for the file to be read, and for the button to be pressed. A press
 * before the button can be pressed does nothing, and one more does none either. */
#define PRESS_MS  100
#define N_PRESSES 10
#define ANSWER    "accept"

typedef struct {
  GtkApplication *app;
  GtkWindow *window;
  GFile *file;
  char **specs; /* the first is the one at hand */
  guint presses;
} Hand;

static void
take_up (Hand *self)
{
  g_action_group_activate_action (
      G_ACTION_GROUP (self->app), "practice", g_variant_new_string (*self->specs));
  jmp_window_open_file (JMP_WINDOW (self->window), self->file);
  self->presses = 0;
}

/* What the program asks before it overwrites something, it is told to do. */
static void
answer_questions (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (!ADW_IS_MESSAGE_DIALOG (window))
      continue;
    adw_message_dialog_response (ADW_MESSAGE_DIALOG (window), ANSWER);
    gtk_window_destroy (window);
    return;
  }
}

static gboolean
press_cb (gpointer user_data)
{
  Hand *self = user_data;

  answer_questions ();
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.start", NULL);
  if (++self->presses < N_PRESSES)
    return G_SOURCE_CONTINUE;
  self->specs++;
  if (*self->specs == NULL) {
    window_probe_next_phase ();
    return G_SOURCE_REMOVE;
  }
  take_up (self);
  return G_SOURCE_CONTINUE;
}

static void
begin_cb (GtkWindow *window, gpointer user_data)
{
  Hand *self = user_data;

  self->window = window;
  take_up (self);
  g_timeout_add (PRESS_MS, press_cb, self);
}

int
main (int argc, char **argv)
{
  g_autoptr (JmpApplication) program = jmp_application_new ();
  GtkApplication *app = GTK_APPLICATION (program);

  g_application_set_flags (G_APPLICATION (program),
                           g_application_get_flags (G_APPLICATION (program))
                               | G_APPLICATION_NON_UNIQUE);
  if (argc > 4) {
    g_autoptr (GFile) file = g_file_new_for_commandline_arg (argv[3]);
    Hand hand = { .app = app, .file = file, .specs = argv + 4 };

    return window_probe_work (app, (guint)atoi (argv[2]), begin_cb, &hand);
  }
  if (argc == 3)
    return window_probe_rest (app, (guint)atoi (argv[2]));
  return window_probe_first_frame (app);
}
