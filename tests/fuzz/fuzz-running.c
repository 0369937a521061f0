/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "board/running.h"

#include <string.h>

/* Whatever a board answers, what comes of it can be shown on one line. */
static void
check_text (const char *text)
{
  fuzz_check (text == NULL || (g_utf8_validate (text, -1, NULL) && strchr (text, '\n') == NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpRunning) running = jmp_running_parse ((const char *)data, size, &error);

  fuzz_check ((running != NULL) == (error == NULL));
  if (running == NULL)
    return 0;
  fuzz_check (running->name != NULL);
  fuzz_check (running->version != NULL);
  fuzz_check (g_ascii_isdigit (running->version[0]));
  check_text (running->name);
  check_text (running->version);
  check_text (running->description);
  check_text (running->build);
  check_text (running->machine);
  return 0;
}
