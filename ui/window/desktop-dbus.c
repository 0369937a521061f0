/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "window/desktop.h"

#include "window/taskbar.h"

/* GLib's back ends for D-Bus do not look whether there is a bus. */
static GApplication *
app_with_bus (GtkWindow *window)
{
  GApplication *app = G_APPLICATION (gtk_window_get_application (window));

  return app != NULL && g_application_get_dbus_connection (app) != NULL ? app : NULL;
}

void
jmp_desktop_set_progress (GtkWindow *window, double fraction)
{
  GApplication *app = app_with_bus (window);

  if (app != NULL)
    jmp_taskbar_set (app, fraction);
}

void
jmp_desktop_notify (GtkWindow *window, const char *id, const char *title, const char *body)
{
  GApplication *app = app_with_bus (window);
  g_autoptr (GNotification) note = NULL;

  if (app == NULL)
    return;
  note = g_notification_new (title);
  if (body != NULL)
    g_notification_set_body (note, body);
  g_application_send_notification (app, id, note);
}

void
jmp_desktop_withdraw (GtkWindow *window, const char *id)
{
  GApplication *app = app_with_bus (window);

  if (app != NULL)
    g_application_withdraw_notification (app, id);
}

guint
jmp_desktop_inhibit (GtkWindow *window, const char *reason)
{
  GtkApplication *app = gtk_window_get_application (window);

  return app != NULL ? gtk_application_inhibit (
             app, window, GTK_APPLICATION_INHIBIT_LOGOUT | GTK_APPLICATION_INHIBIT_SUSPEND, reason)
                     : 0;
}

void
jmp_desktop_uninhibit (GtkWindow *window, guint cookie)
{
  GtkApplication *app = gtk_window_get_application (window);

  if (app != NULL)
    gtk_application_uninhibit (app, cookie);
}
