/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "feed-text.h"

static const char *
or_dash (const char *text)
{
  return text != NULL ? text : "-";
}

char *
feed_text (GPtrArray *releases)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < releases->len; i++) {
    const JmpRelease *release = releases->pdata[i];

    g_string_append_printf (text,
                            "%s %s %s %s %s %s",
                            or_dash (release->board_id),
                            or_dash (release->variant),
                            release->version,
                            jmp_channel_to_string (release->channel),
                            or_dash (release->date),
                            release->file_name);
    if (release->listed)
      g_string_append (text, " listed");
    if (release->size != 0)
      g_string_append_printf (text, " %u bytes", (guint)release->size);
    if (release->sha256 != NULL)
      g_string_append_printf (
          text, " %s %.4s", jmp_hash_source_to_string (release->hash_source), release->sha256);
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}
