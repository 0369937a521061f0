/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* micropython.org has no list of releases, but one day for each version, equal for all boards: day,
 * version and board make the file's name. Not every board was built for every version, so the files
 * are not said to be there. */

#include "base/error.h"
#include "release/feed-private.h"
#include "release/version.h"

static char *
make_name (const JmpSource *source,
           JmpBoard *board,
           const char *variant,
           const JmpStableVersion *version)
{
  g_autofree char *suffix = variant != NULL ? g_strconcat ("-", variant, NULL) : g_strdup ("");
  g_autofree char *with_board = jmp_feed_fill_in (source->file, "{board}", board->id);
  g_autofree char *with_variant = jmp_feed_fill_in (with_board, "{-variant}", suffix);
  g_autofree char *with_date = jmp_feed_fill_in (with_variant, "{date}", version->date);

  return jmp_feed_fill_in (with_date, "{version}", version->version);
}

static void
add_file (JmpFeedList *list, const char *variant, const JmpStableVersion *version)
{
  const JmpFeedQuery *query = list->query;
  g_autofree char *name = make_name (query->source, query->board, variant, version);
  g_autofree char *board_url = jmp_feed_fill_in (query->source->url, "{board}", query->board->id);
  g_autofree char *url = jmp_feed_fill_in (board_url, "{file}", name);
  JmpRelease draft = {
    .board_id = query->board->id,
    .variant = (char *)variant,
    .version = version->version,
    .date = version->date,
    .url = url,
    .file_name = name,
  };

  jmp_feed_list_add (list, &draft);
}

/* The files of one board, by the catalogue's list of versions. */
gboolean
jmp_feed_parse_template (JmpFeedList *list, GError **error)
{
  const JmpFeedQuery *query = list->query;
  GArray *versions = jmp_catalogue_get_versions (query->catalogue);

  if (query->board == NULL) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "it takes a board to know the files");
    return FALSE;
  }
  for (guint i = 0; i < versions->len; i++) {
    const JmpStableVersion *version = &g_array_index (versions, JmpStableVersion, i);

    if (query->board->since != NULL
        && jmp_version_compare (version->version, query->board->since) < 0)
      continue;
    for (guint n = 0; n <= query->board->variants->len; n++) {
      const char *variant = n > 0 ? g_array_index (query->board->variants, JmpWords, n - 1).code
                                  : NULL;

      if (!jmp_feed_list_count (list))
        return TRUE;
      add_file (list, variant, version);
    }
  }
  return TRUE;
}
