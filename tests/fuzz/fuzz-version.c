/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Three lines: the order of versions must be one, and what a name says must be plain. */

#include "fuzz.h"

#include "board/fields.h"
#include "board/look.h"
#include "release/file-name.h"
#include "release/version.h"

static int
sign (int order)
{
  return (order > 0) - (order < 0);
}

static void
check_order (const char *a, const char *b, const char *c)
{
  int ab = sign (jmp_version_compare (a, b));
  int bc = sign (jmp_version_compare (b, c));

  fuzz_check (jmp_version_compare (a, a) == 0);
  fuzz_check (ab == -sign (jmp_version_compare (b, a)));
  if (ab <= 0 && bc <= 0)
    fuzz_check (sign (jmp_version_compare (a, c)) == MIN (ab, bc));
}

static void
check_name (JmpCatalogue *catalogue, const char *text)
{
  g_autoptr (JmpFileName) name = jmp_file_name_parse (catalogue, text);
  g_autofree char *version = jmp_version_find_in (text);

  fuzz_check (version == NULL || jmp_version_is_valid (version));
  if (name == NULL)
    return;
  fuzz_check (jmp_release_name_is_safe (text) && jmp_version_is_valid (name->version));
  fuzz_check (strlen (name->date) == 8);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static JmpCatalogue *catalogue;
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);
  g_autoptr (GBytes) memory = g_bytes_new (data, size);
  g_autoptr (JmpLook) look = NULL;

  if (catalogue == NULL)
    catalogue = jmp_catalogue_new_built_in (NULL);
  look = jmp_look_into (catalogue, memory);
  fuzz_check ((look->board == NULL) == (look->machine == NULL));
  fuzz_check (look->version == NULL || jmp_word_is_plain (look->version, 64));
  for (guint i = 0; lines[i] != NULL; i++)
    check_name (catalogue, lines[i]);
  if (g_strv_length (lines) == 3) {
    check_order (lines[0], lines[1], lines[2]);
    jmp_glob_matches (lines[0], lines[1]);
  }
  return 0;
}
