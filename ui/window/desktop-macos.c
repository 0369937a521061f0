/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* GTK keeps macOS from logging out; that it does not fall asleep, IOKit is asked (IOPMLib.h). GLib's
 * notifications need no bus there. There is no progress in the Dock. */

#include "config.h"

#include "window/desktop.h"

#include <CoreFoundation/CoreFoundation.h>
#include <IOKit/pwr_mgt/IOPMLib.h>

static IOPMAssertionID assertion = kIOPMNullAssertionID;

void
jmp_desktop_set_progress (GtkWindow *window, double fraction)
{
}

void
jmp_desktop_notify (GtkWindow *window, const char *id, const char *title, const char *body)
{
  GApplication *app = G_APPLICATION (gtk_window_get_application (window));
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
  GApplication *app = G_APPLICATION (gtk_window_get_application (window));

  if (app != NULL)
    g_application_withdraw_notification (app, id);
}

static void
stay_awake (const char *reason)
{
  CFStringRef text = CFStringCreateWithCString (NULL, reason, kCFStringEncodingUTF8);

  if (text == NULL)
    return;
  if (IOPMAssertionCreateWithName (
          kIOPMAssertionTypePreventUserIdleSystemSleep, kIOPMAssertionLevelOn, text, &assertion)
      != kIOReturnSuccess)
    assertion = kIOPMNullAssertionID;
  CFRelease (text);
}

guint
jmp_desktop_inhibit (GtkWindow *window, const char *reason)
{
  GtkApplication *app = gtk_window_get_application (window);

  if (app == NULL)
    return 0;
  if (assertion == kIOPMNullAssertionID)
    stay_awake (reason);
  return gtk_application_inhibit (app, window, GTK_APPLICATION_INHIBIT_LOGOUT, reason);
}

void
jmp_desktop_uninhibit (GtkWindow *window, guint cookie)
{
  GtkApplication *app = gtk_window_get_application (window);

  if (assertion != kIOPMNullAssertionID) {
    IOPMAssertionRelease (assertion);
    assertion = kIOPMNullAssertionID;
  }
  if (app != NULL)
    gtk_application_uninhibit (app, cookie);
}
