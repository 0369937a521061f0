/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "base/error.h"
#include "board/json.h"
#include "release/feed-private.h"
#include "release/file-name.h"
#include "release/version.h"

/* Puts @value in the place of every @key. */
char *
jmp_feed_fill_in (const char *text, const char *key, const char *value)
{
  GString *filled = g_string_new (text);

  g_string_replace (filled, key, value, 0);
  return g_string_free (filled, FALSE);
}

/* The file name at the end of an address, or %NULL when no file may be called that. */
char *
jmp_feed_name_of_url (const char *url)
{
  g_autofree char *path = g_strndup (url, strcspn (url, "?#"));
  const char *slash = strrchr (path, '/');

  if (slash == NULL || !jmp_release_name_is_safe (slash + 1))
    return NULL;
  return g_strdup (slash + 1);
}

/* What a link on a page leads to, when that is on the same host, by the same way; or %NULL. */
char *
jmp_feed_resolve (const JmpSource *source, const char *base, const char *href)
{
  g_autoptr (GUri) from = g_uri_parse (base, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GUri) to = NULL;
  g_autofree char *url = NULL;

  if (from == NULL || strlen (href) > JMP_SOURCE_MAX_URL)
    return NULL;
  to = g_uri_parse_relative (from, href, G_URI_FLAGS_NONE, NULL);
  if (to == NULL || g_strcmp0 (g_uri_get_scheme (from), g_uri_get_scheme (to)) != 0
      || g_strcmp0 (g_uri_get_host (from), g_uri_get_host (to)) != 0
      || g_uri_get_port (from) != g_uri_get_port (to))
    return NULL;
  url = g_uri_to_string (to);
  return jmp_source_allows_url (source, url) ? g_steal_pointer (&url) : NULL;
}

/* Counts one entry of a list; %FALSE when the list is as long as one may be. */
gboolean
jmp_feed_list_count (JmpFeedList *self)
{
  return self->n_entries++ < JMP_FEED_MAX_ENTRIES && self->releases->len < JMP_FEED_MAX_RELEASES;
}

/* Fills in what the file's name says, where the list did not say it. */
static void
take_from_name (const JmpFileName *name, JmpRelease *draft)
{
  if (name == NULL)
    return;
  if (draft->board_id == NULL && name->board != NULL) {
    draft->board_id = name->board->id;
    draft->variant = name->variant;
  }
  if (draft->version == NULL)
    draft->version = name->version;
  if (draft->date == NULL)
    draft->date = name->date;
  if (name->channel == JMP_CHANNEL_PREVIEW)
    draft->channel = JMP_CHANNEL_PREVIEW;
}

static void
take_pin (const JmpFeedQuery *query, JmpRelease *draft)
{
  const JmpPin *pin = query->source->personal
                          ? NULL
                          : jmp_catalogue_find_pin (query->catalogue, draft->file_name);

  if (draft->sha256 != NULL)
    draft->hash_source = JMP_HASH_FEED;
  if (pin == NULL)
    return;
  if (pin->size != 0)
    draft->size = pin->size;
  if (pin->sha256 != NULL) {
    draft->sha256 = pin->sha256;
    draft->hash_source = JMP_HASH_PINNED;
  }
}

static gboolean
is_wanted (const JmpFeedQuery *query, const JmpRelease *draft)
{
  if (query->source->pattern != NULL
      && !jmp_glob_matches (query->source->pattern, draft->file_name))
    return FALSE;
  return query->board == NULL
         || (draft->board_id != NULL && jmp_board_is_called (query->board, draft->board_id));
}

/* Makes a release of what a parser found, and drops it silently when it cannot be right, is there
 * already, or is for another board. The parser owns all members of @values. */
void
jmp_feed_list_add (JmpFeedList *self, const JmpRelease *values)
{
  const JmpFeedQuery *query = self->query;
  JmpRelease draft = *values;
  g_autoptr (JmpFileName) name = NULL;
  g_autofree char *version = NULL;
  JmpBoard *board = NULL;
  JmpRelease *release;

  if (draft.file_name == NULL || draft.url == NULL || g_hash_table_contains (self->urls, draft.url))
    return;
  if (draft.board_id == NULL)
    draft.board_id = query->source->board;
  name = jmp_file_name_parse (query->catalogue, draft.file_name);
  take_from_name (name, &draft);
  if (draft.version == NULL)
    draft.version = version = jmp_version_find_in (draft.file_name);
  if (draft.version == NULL)
    draft.version = draft.date;
  if (draft.version != NULL && jmp_version_is_preview (draft.version))
    draft.channel = JMP_CHANNEL_PREVIEW;
  if (draft.board_id != NULL)
    board = jmp_catalogue_find_board (query->catalogue, draft.board_id);
  if (board != NULL)
    draft.board_id = board->id;
  if (!is_wanted (query, &draft))
    return;
  take_pin (query, &draft);
  release = jmp_release_new (query->source, &draft, NULL);
  if (release == NULL)
    return;
  g_ptr_array_add (self->releases, release);
  g_hash_table_add (self->urls, release->url);
}

/**
 * jmp_feed_needs_bytes:
 * @source: a source
 *
 * Returns: %FALSE when its releases follow from the catalogue alone
 */
gboolean
jmp_feed_needs_bytes (const JmpSource *source)
{
  return source->kind != JMP_SOURCE_TEMPLATE;
}

/* A board of the catalogue says which of the catalogue's sources have something for it. */
static gboolean
serves_board (const JmpFeedQuery *query)
{
  return query->board == NULL || query->source->personal
         || jmp_board_has_source (query->board, query->source->id);
}

/**
 * jmp_feed_get_url:
 * @query: what is asked
 * @error: return location for an error
 *
 * The address of the list: a page, a JSON document, or a folder (file:).
 *
 * Errors: %JMP_ERROR_USAGE for a source without a list, or when it takes a board to know the address.
 *
 * Returns: (transfer full): the address, or %NULL
 */
char *
jmp_feed_get_url (const JmpFeedQuery *query, GError **error)
{
  const JmpSource *source = query->source;

  if (!jmp_feed_needs_bytes (source)) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "source %s has no list", source->id);
    return NULL;
  }
  if (query->board == NULL && strstr (source->url, "{board}") != NULL) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_USAGE, "source %s has a list for each board", source->id);
    return NULL;
  }
  if (source->kind == JMP_SOURCE_GITHUB)
    return jmp_feed_github_url (source->url);
  return jmp_feed_fill_in (source->url, "{board}", query->board != NULL ? query->board->id : "");
}

static gboolean
parse_bytes (JmpFeedList *list, GBytes *bytes, GError **error)
{
  g_autofree char *base = jmp_feed_get_url (list->query, error);

  if (base == NULL)
    return FALSE;
  switch (list->query->source->kind) {
  case JMP_SOURCE_LINKS:
    jmp_feed_parse_links (list, base, bytes);
    return TRUE;
  case JMP_SOURCE_GITHUB:
    return jmp_feed_parse_github (list, bytes, error);
  case JMP_SOURCE_FLIPPER:
    return jmp_feed_parse_flipper (list, bytes, error);
  case JMP_SOURCE_ARDUINO:
    return jmp_feed_parse_arduino (list, bytes, error);
  case JMP_SOURCE_FOLDER:
    jmp_feed_parse_folder (list, bytes);
    return TRUE;
  case JMP_SOURCE_TEMPLATE:
    break;
  }
  return jmp_feed_parse_template (list, error);
}

/**
 * jmp_feed_parse:
 * @query: what is asked
 * @bytes: (nullable): what stands at jmp_feed_get_url(), or what jmp_feed_list_folder() gave; %NULL for
 *   a source that needs none
 * @error: return location for an error
 *
 * Reads a list. Entries that cannot be right are left out, also those for other boards than the one
 * that was asked for.
 *
 * Errors: %JMP_ERROR_INVALID_FILE for what is no list, or too long; %JMP_ERROR_USAGE when it takes a
 * board.
 *
 * Returns: (transfer full) (element-type JmpRelease): the releases, newest first, perhaps none; or
 *   %NULL
 */
GPtrArray *
jmp_feed_parse (const JmpFeedQuery *query, GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray)
      releases = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_release_unref);
  g_autoptr (GHashTable) urls = g_hash_table_new (g_str_hash, g_str_equal);
  JmpFeedList list = { .query = query, .releases = releases, .urls = urls };
  gboolean good;

  if (bytes != NULL && g_bytes_get_size (bytes) > JMP_FEED_MAX_SIZE) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "source %s: %" G_GSIZE_FORMAT " bytes are more than %u",
                 query->source->id,
                 g_bytes_get_size (bytes),
                 JMP_FEED_MAX_SIZE);
    return NULL;
  }
  if (!serves_board (query))
    return g_steal_pointer (&releases);
  if (jmp_feed_needs_bytes (query->source)) {
    g_return_val_if_fail (bytes != NULL, NULL);
    good = parse_bytes (&list, bytes, error);
  } else {
    good = jmp_feed_parse_template (&list, error);
  }
  if (!good) {
    g_prefix_error (error, "source %s: ", query->source->id);
    return NULL;
  }
  jmp_releases_sort (releases);
  return g_steal_pointer (&releases);
}
