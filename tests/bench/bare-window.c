/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The least that a program with libadwaita can be: a window with a header bar and a sentence.
 *
 *   bare-window frame | rest SECONDS
 *
 * See window-probe.h. */

#include "window-probe.h"

#include <adwaita.h>
#include <stdlib.h>

#define WIDTH  900
#define HEIGHT 640

static void
activate_cb (GtkApplication *app)
{
  GtkWidget *window = adw_application_window_new (app);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new ("A window");

  gtk_widget_set_vexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), label);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) app = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_signal_connect (app, "activate", G_CALLBACK (activate_cb), NULL);
  if (argc == 3)
    return window_probe_rest (GTK_APPLICATION (app), (guint)atoi (argv[2]));
  return window_probe_first_frame (GTK_APPLICATION (app));
}
