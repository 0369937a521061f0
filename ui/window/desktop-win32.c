/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* GTK 4.8 inhibits nothing on Windows, and GLib 2.74 has no notifications there: the back end warns that
 * there are none. So the system is asked itself, and whoever looks at another window sees the button in
 * the task bar flash, with the progress in it; what happened stands in the window. */

#include "config.h"

#include "window/desktop.h"

#define COBJMACROS

#include <gdk/win32/gdkwin32.h>
#include <windows.h>

#include <shobjidl.h>

#define STEPS  1000
#define COOKIE 1

static HANDLE awake = INVALID_HANDLE_VALUE;
static HWND guarded; /* the window that asks for the session to stay */

static HWND
get_handle (GtkWindow *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  return surface != NULL && GDK_IS_WIN32_SURFACE (surface) ? gdk_win32_surface_get_handle (surface)
                                                           : NULL;
}

/* --- The button in the task bar --- */

/* NULL where there is no task bar. It lives as long as the program. */
static ITaskbarList3 *
get_taskbar (void)
{
  static ITaskbarList3 *taskbar;
  static gboolean tried;

  if (tried)
    return taskbar;
  tried = TRUE;
  CoInitializeEx (NULL, COINIT_APARTMENTTHREADED);
  if (FAILED (CoCreateInstance (
          &CLSID_TaskbarList, NULL, CLSCTX_INPROC_SERVER, &IID_ITaskbarList3, (void **)&taskbar)))
    taskbar = NULL;
  if (taskbar != NULL && FAILED (ITaskbarList3_HrInit (taskbar))) {
    ITaskbarList3_Release (taskbar);
    taskbar = NULL;
  }
  return taskbar;
}

void
jmp_desktop_set_progress (GtkWindow *window, double fraction)
{
  ITaskbarList3 *taskbar = get_taskbar ();
  HWND handle = get_handle (window);

  if (taskbar == NULL || handle == NULL)
    return;
  if (fraction < 0)
    ITaskbarList3_SetProgressState (taskbar, handle, TBPF_NOPROGRESS);
  else
    ITaskbarList3_SetProgressValue (
        taskbar, handle, (ULONGLONG)(CLAMP (fraction, 0, 1) * STEPS), STEPS);
}

static void
flash (GtkWindow *window, DWORD how)
{
  FLASHWINFO info = {
    .cbSize = sizeof info,
    .hwnd = get_handle (window),
    .dwFlags = how,
  };

  if (info.hwnd != NULL)
    FlashWindowEx (&info);
}

void
jmp_desktop_notify (GtkWindow *window, const char *id, const char *title, const char *body)
{
  flash (window, FLASHW_TRAY | FLASHW_TIMERNOFG);
}

void
jmp_desktop_withdraw (GtkWindow *window, const char *id)
{
  flash (window, FLASHW_STOP);
}

/* --- Sleep, and the end of the session --- */

/* Windows then lists the reason, and lets the person decide. */
static GdkWin32MessageFilterReturn
session_end_cb (GdkWin32Display *display, MSG *message, int *result, gpointer user_data)
{
  if (message->message != WM_QUERYENDSESSION || message->hwnd != guarded)
    return GDK_WIN32_MESSAGE_FILTER_CONTINUE;
  *result = FALSE;
  return GDK_WIN32_MESSAGE_FILTER_REMOVE;
}

guint
jmp_desktop_inhibit (GtkWindow *window, const char *reason)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  g_autofree wchar_t *text = (wchar_t *)g_utf8_to_utf16 (reason, -1, NULL, NULL, NULL);
  REASON_CONTEXT context = {
    .Version = POWER_REQUEST_CONTEXT_VERSION,
    .Flags = POWER_REQUEST_CONTEXT_SIMPLE_STRING,
    .Reason.SimpleReasonString = text,
  };

  guarded = get_handle (window);
  if (guarded == NULL || text == NULL)
    return 0;
  awake = PowerCreateRequest (&context);
  if (awake != INVALID_HANDLE_VALUE)
    PowerSetRequest (awake, PowerRequestSystemRequired);
  ShutdownBlockReasonCreate (guarded, text);
  gdk_win32_display_add_filter (GDK_WIN32_DISPLAY (display), session_end_cb, NULL);
  return COOKIE;
}

void
jmp_desktop_uninhibit (GtkWindow *window, guint cookie)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));

  gdk_win32_display_remove_filter (GDK_WIN32_DISPLAY (display), session_end_cb, NULL);
  ShutdownBlockReasonDestroy (guarded);
  if (awake != INVALID_HANDLE_VALUE) {
    PowerClearRequest (awake, PowerRequestSystemRequired);
    CloseHandle (awake);
    awake = INVALID_HANDLE_VALUE;
  }
}
