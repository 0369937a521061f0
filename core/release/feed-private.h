/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the parsers of the kinds of sources share. Each of them adds drafts to a list; the list drops
 * those that cannot be right and stops at its limits. */

#pragma once

#include "release/feed.h"

/**
 * JmpFeedList:
 * @query: what was asked
 * @releases: (element-type JmpRelease): what was found
 * @urls: the addresses that are in @releases, borrowed from there
 * @n_entries: how many entries were looked at, also those that were dropped
 */
typedef struct {
  const JmpFeedQuery *query;
  GPtrArray *releases;
  GHashTable *urls;
  guint n_entries;
} JmpFeedList;

gboolean jmp_feed_list_count (JmpFeedList *self);
void jmp_feed_list_add (JmpFeedList *self, const JmpRelease *draft);
char *jmp_feed_name_of_url (const char *url);
char *jmp_feed_resolve (const JmpSource *source, const char *base, const char *href);
char *jmp_feed_fill_in (const char *text, const char *key, const char *value);

gboolean jmp_feed_parse_template (JmpFeedList *list, GError **error);
void jmp_feed_parse_links (JmpFeedList *list, const char *base, GBytes *bytes);
gboolean jmp_feed_parse_github (JmpFeedList *list, GBytes *bytes, GError **error);
gboolean jmp_feed_parse_flipper (JmpFeedList *list, GBytes *bytes, GError **error);
gboolean jmp_feed_parse_arduino (JmpFeedList *list, GBytes *bytes, GError **error);
void jmp_feed_parse_folder (JmpFeedList *list, GBytes *bytes);
char *jmp_feed_github_url (const char *url);
