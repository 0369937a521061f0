/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The first byte says which kind of source answers; the rest is what it answers. */

#include "fuzz.h"

#include "base/error.h"
#include "release/feed.h"
#include "release/version.h"

static JmpSource sources[] = {
  { .kind = JMP_SOURCE_LINKS, .url = (char *)"https://h/list/" },
  { .kind = JMP_SOURCE_LINKS,
    .url = (char *)"https://h/{board}/",
    .path = (char *)"/resources/firmware/" },
  { .kind = JMP_SOURCE_GITHUB,
    .url = (char *)"https://github.com/me/fw",
    .board = (char *)"PYBV11" },
  { .kind = JMP_SOURCE_FLIPPER, .url = (char *)"https://h/directory.json" },
  { .kind = JMP_SOURCE_ARDUINO, .url = (char *)"https://h/index.json" },
  { .kind = JMP_SOURCE_FOLDER, .url = (char *)"file:///srv" },
};

static void
check_release (const JmpSource *source, const JmpRelease *release)
{
  fuzz_check (jmp_release_name_is_safe (release->file_name));
  fuzz_check (jmp_source_allows_url (source, release->url));
  fuzz_check (release->version != NULL && *release->version != '\0');
  fuzz_check (g_utf8_validate (release->version, -1, NULL));
  fuzz_check (release->sha256 == NULL || strlen (release->sha256) == 64);
  fuzz_check ((release->sha256 == NULL) == (release->hash_source == JMP_HASH_NONE));
  fuzz_check (release->notes == NULL
              || (strlen (release->notes) <= JMP_RELEASE_MAX_NOTES
                  && g_utf8_validate (release->notes, -1, NULL)));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static JmpCatalogue *catalogue;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) releases = NULL;
  g_autoptr (GError) error = NULL;
  JmpFeedQuery query = { 0 };

  if (catalogue == NULL)
    catalogue = jmp_catalogue_new_built_in (NULL);
  if (size == 0)
    return 0;
  query.catalogue = catalogue;
  query.source = &sources[data[0] % G_N_ELEMENTS (sources)];
  query.source->id = (char *)"fuzz";
  query.source->personal = TRUE;
  if (strstr (query.source->url, "{board}") != NULL)
    query.board = jmp_catalogue_find_board (catalogue, "PYBV11");
  bytes = g_bytes_new (data + 1, size - 1);
  releases = jmp_feed_parse (&query, bytes, &error);
  fuzz_check ((releases == NULL) == (error != NULL));
  if (releases == NULL) {
    fuzz_check (g_error_matches (error, JMP_ERROR, JMP_ERROR_INVALID_FILE));
    return 0;
  }
  fuzz_check (releases->len <= JMP_FEED_MAX_RELEASES);
  for (guint i = 0; i < releases->len; i++) {
    check_release (query.source, releases->pdata[i]);
    if (i > 0)
      fuzz_check (jmp_release_compare (releases->pdata[i - 1], releases->pdata[i]) <= 0);
  }
  return 0;
}
