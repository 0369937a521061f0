/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "window/application.h"
#include "words/words-locale.h"

int
main (int argc, char *argv[])
{
  g_autoptr (JmpApplication) app = NULL;

  jmp_words_set_language ();
  app = jmp_application_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
