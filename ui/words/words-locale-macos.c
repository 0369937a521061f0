/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words-locale.h"

#include <libintl.h>
#include <locale.h>
#include <mach-o/dyld.h>
#include <stdlib.h>

#define BUNDLE ".app/Contents/MacOS"

/* Contents/Resources of the bundle that the program stands in; NULL when it was installed without one, as
 * Homebrew does. See dyld(3). */
static char *
find_resources (void)
{
  g_autofree char *name = NULL;
  g_autofree char *program = NULL; /* the file itself, where a link in the path led to it */
  g_autofree char *folder = NULL;
  guint32 size = 0;

  _NSGetExecutablePath (NULL, &size);
  name = g_malloc0 ((gsize)size + 1);
  if (_NSGetExecutablePath (name, &size) != 0)
    return NULL;
  program = realpath (name, NULL);
  if (program == NULL)
    return NULL;
  folder = g_path_get_dirname (program);
  if (!g_str_has_suffix (folder, BUNDLE))
    return NULL;
  return g_canonicalize_filename ("../Resources", folder);
}

/* GLib and GTK look for schemas, icons and MIME types, and gdk-pixbuf for what reads SVG, where they were
 * built. packaging/macos/build brings all that along. */
static void
tell_libraries (const char *resources)
{
  const char *before = g_getenv ("XDG_DATA_DIRS");
  g_autofree char *share = g_build_filename (resources, "share", NULL);
  g_autofree char *folders = g_strdup_printf (
      "%s:%s", share, before != NULL && *before != '\0' ? before : "/usr/local/share:/usr/share");
  g_autofree char *loaders = g_build_filename (
      resources, "lib", "gdk-pixbuf", "loaders.cache", NULL);

  g_setenv ("XDG_DATA_DIRS", folders, TRUE);
  g_setenv ("GDK_PIXBUF_MODULE_FILE", loaders, TRUE);
}

/* A bundle may be in any folder: the translations are in it. See words-locale-posix.c for the
 * documentation. */
void
jmp_words_set_language (void)
{
  g_autofree char *resources = find_resources ();
  g_autofree char *folder = NULL;

  setlocale (LC_ALL, "");
  if (resources != NULL) {
    tell_libraries (resources);
    folder = g_build_filename (resources, "share", "locale", NULL);
  }
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : JMP_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
