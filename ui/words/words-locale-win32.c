/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words-locale.h"

#include <libintl.h>
#include <locale.h>

/* The program runs from any folder, whatever letters its name has: the translations are beside it. See
 * words-locale-posix.c for the documentation. */
void
jmp_words_set_language (void)
{
  g_autofree char *root = g_win32_get_package_installation_directory_of_module (NULL);
  g_autofree char *folder = NULL;
  g_autofree wchar_t *wide = NULL;

  setlocale (LC_ALL, "");
  if (root != NULL) {
    folder = g_build_filename (root, "share", "locale", NULL);
    wide = (wchar_t *)g_utf8_to_utf16 (folder, -1, NULL, NULL, NULL);
  }
  if (wide != NULL)
    wbindtextdomain (GETTEXT_PACKAGE, wide);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
