/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The releases of a GitHub repository (REST API, "List releases"): each has assets, and an asset that
 * was uploaded since 2025-06-03 has the SHA-256 that the server worked out. */

#include <string.h>

#include "base/error.h"
#include "board/fields.h"
#include "board/json.h"
#include "release/feed-private.h"
#include "release/file-name.h"
#include "release/version.h"

/* The list of a repository, when its page was given instead of the list. */
char *
jmp_feed_github_url (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_auto (GStrv) parts = NULL;

  if (uri == NULL || g_strcmp0 (g_uri_get_host (uri), "github.com") != 0)
    return g_strdup (url);
  parts = g_strsplit (g_uri_get_path (uri), "/", -1);
  if (g_strv_length (parts) < 3 || !jmp_word_is_plain (parts[1], 100)
      || !jmp_word_is_plain (parts[2], 100))
    return g_strdup (url);
  return g_strdup_printf (
      "https://api.github.com/repos/%s/%s/releases?per_page=30", parts[1], parts[2]);
}

/* Assets are on the host of the API, without the "api." where it has one. */
static gboolean
is_on_host (const char *list, const char *asset)
{
  g_autoptr (GUri) from = g_uri_parse (list, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GUri) to = g_uri_parse (asset, G_URI_FLAGS_NONE, NULL);
  const char *host;

  if (from == NULL || to == NULL || g_uri_get_host (from) == NULL)
    return FALSE;
  host = g_uri_get_host (from);
  if (g_str_has_prefix (host, "api."))
    host += strlen ("api.");
  return g_strcmp0 (host, g_uri_get_host (to)) == 0 && g_uri_get_port (from) == g_uri_get_port (to);
}

/* "v1.2.3" is 1.2.3; "photon-2.3.1" has 2.3.1 in it; "nightly" has none. */
static char *
make_version (const char *tag)
{
  if (tag == NULL)
    return NULL;
  if (jmp_version_is_valid (tag))
    return g_strdup (tag + (g_ascii_tolower (tag[0]) == 'v'));
  return jmp_version_find_in (tag);
}

/* "sha256:…" */
static char *
make_sha256 (JsonObject *asset)
{
  const char *digest = jmp_json_get_text (asset, "digest", 100);

  if (digest == NULL || !g_str_has_prefix (digest, "sha256:")
      || strlen (digest) != strlen ("sha256:") + 64)
    return NULL;
  return g_ascii_strdown (digest + strlen ("sha256:"), -1);
}

static void
add_asset (JmpFeedList *list, const char *list_url, const JmpRelease *release, JsonObject *asset)
{
  const char *name = jmp_json_get_text (asset, "name", JMP_SOURCE_MAX_NAME);
  const char *url = jmp_json_get_text (asset, "browser_download_url", JMP_SOURCE_MAX_URL);
  const char *state = jmp_json_get_text (asset, "state", 32);
  g_autofree char *sha256 = make_sha256 (asset);
  JmpRelease draft = *release;

  if (name == NULL || url == NULL || (state != NULL && !g_str_equal (state, "uploaded"))
      || !is_on_host (list_url, url))
    return;
  jmp_json_get_number (asset, "size", G_MAXUINT32, &draft.size);
  draft.file_name = (char *)name;
  draft.url = (char *)url;
  draft.sha256 = sha256;
  draft.listed = TRUE;
  jmp_feed_list_add (list, &draft);
}

static void
add_release (JmpFeedList *list, const char *list_url, JsonObject *object)
{
  JsonArray *assets = jmp_json_get_array (object, "assets");
  const char *published = jmp_json_get_text (object, "published_at", 40);
  const char *page = jmp_json_get_text (object, "html_url", JMP_SOURCE_MAX_URL);
  g_autofree char *notes = jmp_json_get_prose (object, "body", JMP_RELEASE_MAX_NOTES);
  g_autofree char *version = make_version (jmp_json_get_text (object, "tag_name", 200));
  g_autofree char *date = published != NULL ? jmp_date_from_text (published) : NULL;
  JmpRelease draft = {
    .version = version,
    .date = date,
    .notes = notes,
    .notes_url = (char *)page,
    .channel = jmp_json_get_flag (object, "prerelease") ? JMP_CHANNEL_PREVIEW : JMP_CHANNEL_STABLE,
  };

  if (assets == NULL || jmp_json_get_flag (object, "draft"))
    return;
  for (guint i = 0; i < json_array_get_length (assets) && jmp_feed_list_count (list); i++) {
    JsonObject *asset = jmp_json_get_element (assets, i);

    if (asset != NULL)
      add_asset (list, list_url, &draft, asset);
  }
}

/* Adds the assets of all releases. */
gboolean
jmp_feed_parse_github (JmpFeedList *list, GBytes *bytes, GError **error)
{
  g_autoptr (JsonNode) root = jmp_json_parse (bytes, JMP_FEED_MAX_SIZE, error);
  g_autofree char *url = jmp_feed_github_url (list->query->source->url);
  JsonArray *releases;

  if (root == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (root)) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "not a list of releases");
    return FALSE;
  }
  releases = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (releases) && jmp_feed_list_count (list); i++) {
    JsonObject *release = jmp_json_get_element (releases, i);

    if (release != NULL)
      add_release (list, url, release);
  }
  return TRUE;
}
