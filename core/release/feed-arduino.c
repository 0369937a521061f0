/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Arduino's index of MicroPython builds: boards with releases, whose addresses are paths on the host of
 * the index. */

#include <string.h>

#include "base/error.h"
#include "board/json.h"
#include "release/feed-private.h"

static void
add_release (JmpFeedList *list, const char *board, JsonObject *object)
{
  const JmpSource *source = list->query->source;
  const char *href = jmp_json_get_text (object, "url", JMP_SOURCE_MAX_URL);
  const char *type = jmp_json_get_text (object, "type", 32);
  g_autofree char *url = href != NULL ? jmp_feed_resolve (source, source->url, href) : NULL;
  g_autofree char *name = url != NULL ? jmp_feed_name_of_url (url) : NULL;
  JmpRelease draft = {
    .board_id = (char *)board,
    .url = url,
    .file_name = name,
    .listed = TRUE,
    .channel = type != NULL && strstr (type, "stable") != NULL ? JMP_CHANNEL_STABLE
                                                               : JMP_CHANNEL_PREVIEW,
  };

  jmp_feed_list_add (list, &draft);
}

static void
add_board (JmpFeedList *list, JsonObject *object)
{
  JsonArray *releases = jmp_json_get_array (object, "releases");
  const char *name = jmp_json_get_text (object, "name", JMP_RELEASE_MAX_WORD);

  for (guint i = 0; name != NULL && releases != NULL && i < json_array_get_length (releases); i++) {
    JsonObject *release = jmp_json_get_element (releases, i);

    if (!jmp_feed_list_count (list))
      return;
    if (release != NULL)
      add_release (list, name, release);
  }
}

/* Adds the releases of all boards. */
gboolean
jmp_feed_parse_arduino (JmpFeedList *list, GBytes *bytes, GError **error)
{
  g_autoptr (JsonNode) root = jmp_json_parse (bytes, JMP_FEED_MAX_SIZE, error);
  JsonArray *boards = NULL;

  if (root == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (root))
    boards = jmp_json_get_array (json_node_get_object (root), "boards");
  if (boards == NULL) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "not an index: no \"boards\"");
    return FALSE;
  }
  for (guint i = 0; i < json_array_get_length (boards) && jmp_feed_list_count (list); i++) {
    JsonObject *board = jmp_json_get_element (boards, i);

    if (board != NULL)
      add_board (list, board);
  }
  return TRUE;
}
