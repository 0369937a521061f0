/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A directory.json as the Flipper project has it: channels, their versions, and for each the files with
 * hardware target, type and SHA-256. Files may be on another host: their hash is in the list. */

#include <string.h>

#include "base/error.h"
#include "board/json.h"
#include "release/feed-private.h"
#include "release/file-name.h"
#include "release/version.h"

/* Seconds since 1970 as a day. */
static char *
make_date (JsonObject *version)
{
  g_autoptr (GDateTime) time = NULL;
  guint64 seconds;

  if (!jmp_json_get_number (version, "timestamp", G_MAXUINT32, &seconds))
    return NULL;
  time = g_date_time_new_from_unix_utc ((gint64)seconds);
  return time != NULL ? g_date_time_format (time, "%Y%m%d") : NULL;
}

static gboolean
is_for_target (const JmpSource *source, JsonObject *file)
{
  const char *target = jmp_json_get_text (file, "target", 64);

  return source->target == NULL || (target != NULL && g_str_equal (source->target, target));
}

static void
add_file (JmpFeedList *list, const JmpRelease *version, JsonObject *file)
{
  const char *url = jmp_json_get_text (file, "url", JMP_SOURCE_MAX_URL);
  const char *hash = jmp_json_get_text (file, "sha256", 64);
  g_autofree char *name = url != NULL ? jmp_feed_name_of_url (url) : NULL;
  g_autofree char *sha256 = hash != NULL ? g_ascii_strdown (hash, -1) : NULL;
  JmpRelease draft = *version;

  if (!is_for_target (list->query->source, file))
    return;
  draft.url = (char *)url;
  draft.file_name = name;
  draft.sha256 = sha256;
  draft.listed = TRUE;
  jmp_feed_list_add (list, &draft);
}

static void
add_version (JmpFeedList *list, JmpChannel channel, JsonObject *object)
{
  JsonArray *files = jmp_json_get_array (object, "files");
  const char *text = jmp_json_get_text (object, "version", JMP_RELEASE_MAX_WORD);
  g_autofree char *notes = jmp_json_get_prose (object, "changelog", JMP_RELEASE_MAX_NOTES);
  g_autofree char *date = make_date (object);
  JmpRelease draft = {
    .version = (char *)text,
    .date = date,
    .notes = notes,
    .channel = channel,
  };

  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++) {
    JsonObject *file = jmp_json_get_element (files, i);

    if (!jmp_feed_list_count (list))
      return;
    if (file != NULL)
      add_file (list, &draft, file);
  }
}

static void
add_channel (JmpFeedList *list, JsonObject *object)
{
  JsonArray *versions = jmp_json_get_array (object, "versions");
  const char *id = jmp_json_get_text (object, "id", 64);
  JmpChannel channel = g_strcmp0 (id, "release") == 0 ? JMP_CHANNEL_STABLE : JMP_CHANNEL_PREVIEW;

  for (guint i = 0; versions != NULL && i < json_array_get_length (versions); i++) {
    JsonObject *version = jmp_json_get_element (versions, i);

    if (!jmp_feed_list_count (list))
      return;
    if (version != NULL)
      add_version (list, channel, version);
  }
}

/* Adds the files of all channels. A file whose SHA-256 is none is left out. */
gboolean
jmp_feed_parse_flipper (JmpFeedList *list, GBytes *bytes, GError **error)
{
  g_autoptr (JsonNode) root = jmp_json_parse (bytes, JMP_FEED_MAX_SIZE, error);
  JsonArray *channels = NULL;

  if (root == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (root))
    channels = jmp_json_get_array (json_node_get_object (root), "channels");
  if (channels == NULL) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "not a directory: no \"channels\"");
    return FALSE;
  }
  for (guint i = 0; i < json_array_get_length (channels) && jmp_feed_list_count (list); i++) {
    JsonObject *channel = jmp_json_get_element (channels, i);

    if (channel != NULL)
      add_channel (list, channel);
  }
  return TRUE;
}
