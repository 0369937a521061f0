/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* libadwaita 1.2 does not ask Windows whether the person wants dark programs, GTK 4.8 not whether things
 * may move. The title bar is drawn by GTK and follows by itself. */

#include "config.h"

#include "window/desktop.h"

#include <adwaita.h>
#include <gdk/win32/gdkwin32.h>
#include <windows.h>

#define KEY   L"Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize"
#define VALUE L"AppsUseLightTheme"
/* What the message about a changed setting says when it is the one above. */
#define SUBJECT L"ImmersiveColorSet"

static gboolean
is_dark (void)
{
  DWORD light = 1;
  DWORD size = sizeof light;

  return RegGetValueW (HKEY_CURRENT_USER, KEY, VALUE, RRF_RT_REG_DWORD, NULL, &light, &size)
             == ERROR_SUCCESS
         && light == 0;
}

static gboolean
may_move (void)
{
  BOOL moves = TRUE;

  return !SystemParametersInfoW (SPI_GETCLIENTAREAANIMATION, 0, &moves, 0) || moves;
}

static void
update (void)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      is_dark () ? ADW_COLOR_SCHEME_PREFER_DARK
                                                 : ADW_COLOR_SCHEME_DEFAULT);
  if (!may_move ())
    g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

static GdkWin32MessageFilterReturn
setting_changed_cb (GdkWin32Display *display, MSG *message, int *result, gpointer user_data)
{
  const wchar_t *subject = (const wchar_t *)message->lParam;

  if (message->message == WM_SETTINGCHANGE && subject != NULL && wcscmp (subject, SUBJECT) == 0)
    update ();
  return GDK_WIN32_MESSAGE_FILTER_CONTINUE;
}

/* libadwaita has no other way to be told of high contrast on Windows, and asks once. */
void
jmp_desktop_prepare_style (void)
{
  HIGHCONTRASTW contrast = { .cbSize = sizeof contrast };

  if (SystemParametersInfoW (SPI_GETHIGHCONTRAST, sizeof contrast, &contrast, 0)
      && (contrast.dwFlags & HCF_HIGHCONTRASTON) != 0)
    g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", FALSE);
}

void
jmp_desktop_follow_style (void)
{
  GdkDisplay *display = gdk_display_get_default ();

  update ();
  if (GDK_IS_WIN32_DISPLAY (display))
    gdk_win32_display_add_filter (GDK_WIN32_DISPLAY (display), setting_changed_cb, NULL);
}
