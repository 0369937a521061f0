/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words-locale.h"

#include <libintl.h>
#include <locale.h>

/**
 * jmp_words_set_language:
 *
 * Makes gettext speak the person's language, in UTF-8, with the translations that were installed with
 * the program.
 */
void
jmp_words_set_language (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, JMP_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
