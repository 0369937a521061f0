/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "dfu/layout.h"

/* What the struct promises to everyone who does arithmetic with it. */
static void
check_runs (JmpLayout *layout)
{
  guint n_runs;
  const JmpSectorRun *runs = jmp_layout_get_runs (layout, &n_runs);
  g_autofree char *text = jmp_layout_to_string (layout);
  guint sectors = 0;

  fuzz_check (n_runs > 0 && *text != '\0');
  for (guint i = 0; i < n_runs; i++) {
    guint64 size = (guint64)runs[i].size * runs[i].count;

    fuzz_check (runs[i].size > 0 && runs[i].count > 0);
    fuzz_check (size <= (guint64)G_MAXUINT32 + 1 - runs[i].address);
    sectors += runs[i].count;
  }
  fuzz_check (sectors == jmp_layout_get_n_sectors (layout));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpLayout) layout = jmp_layout_parse (text, &error);
  JmpSector sector;
  JmpSector found;
  guint n;

  fuzz_check ((layout == NULL) == (error != NULL));
  if (layout == NULL)
    return 0;
  n = jmp_layout_get_n_sectors (layout);
  fuzz_check (n > 0 && !jmp_layout_get_sector (layout, n, &sector));
  fuzz_check (jmp_layout_get_sector (layout, n - 1, &sector));
  fuzz_check (jmp_sector_end (&sector) <= (guint64)G_MAXUINT32 + 1);
  fuzz_check (jmp_layout_find (layout, sector.address, &found));
  jmp_layout_allows (layout, sector.address, G_MAXUINT64, JMP_ACCESS_READ, NULL);
  check_runs (layout);
  return 0;
}
