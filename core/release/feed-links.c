/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The links of a web page that lead to firmware. Of the page nothing but the values of "href" is looked
 * at, and of these only such as are a plain file name behind the source's path, on the same host. What
 * a captive portal or an error page says has none of them. */

#include <string.h>

#include "release/feed-private.h"

/* Longer values are no links that count. */
#define MAX_HREF 512

/* The value of the next "href" at or behind *@at, and moves behind it. */
static char *
next_href (const char **at, const char *end)
{
  static const char word[] = "href";
  const gsize length = strlen (word);

  for (; *at < end && (gsize)(end - *at) > length; (*at)++) {
    const char *value;
    const char *close;

    if (g_ascii_strncasecmp (*at, word, length) != 0)
      continue;
    for (value = *at + length; value < end && g_ascii_isspace (*value); value++)
      continue;
    if (value == end || *value != '=')
      continue;
    for (value++; value < end && g_ascii_isspace (*value); value++)
      continue;
    if (value == end || (*value != '"' && *value != '\''))
      continue;
    close = memchr (value + 1, *value, MIN ((gsize)(end - value - 1), MAX_HREF));
    if (close == NULL || memchr (value + 1, '\0', (gsize)(close - value - 1)) != NULL)
      continue;
    *at = close + 1;
    return g_strndup (value + 1, (gsize)(close - value - 1));
  }
  return NULL;
}

/* With a path, a link is that path and a name, and nothing that would have to be resolved. */
static gboolean
has_form (const JmpSource *source, const char *href)
{
  if (source->path == NULL)
    return TRUE;
  return g_str_has_prefix (href, source->path)
         && jmp_release_name_is_safe (href + strlen (source->path));
}

/* Adds the files that the page links to. */
void
jmp_feed_parse_links (JmpFeedList *list, const char *base, GBytes *bytes)
{
  const JmpSource *source = list->query->source;
  gsize size;
  const char *at = g_bytes_get_data (bytes, &size);
  const char *end = size > 0 ? at + size : at;

  while (at < end) {
    g_autofree char *href = next_href (&at, end);
    g_autofree char *url = NULL;
    g_autofree char *name = NULL;
    JmpRelease draft = { .listed = TRUE };

    if (href == NULL || !jmp_feed_list_count (list))
      return;
    if (!has_form (source, href))
      continue;
    url = jmp_feed_resolve (source, base, href);
    name = url != NULL ? jmp_feed_name_of_url (url) : NULL;
    draft.url = url;
    draft.file_name = name;
    jmp_feed_list_add (list, &draft);
  }
}
