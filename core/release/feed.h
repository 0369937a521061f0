/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* From what a source answers to #JmpRelease values: one parser for each kind of source.
 *
 * Pure: bytes in, values out; who gets the bytes, and from where, is the downloader's business
 * (jmp_feed_get_url() says which address it is). Everything in the bytes is hostile: an entry with a
 * name, an address or a hash that cannot be right is left out, a list that is not a list is
 * %JMP_ERROR_INVALID_FILE. Any thread. */

#pragma once

#include "board/catalogue.h"
#include "release/http.h"
#include "release/release.h"

G_BEGIN_DECLS

/* Limits: a longer list is refused, what comes after so many entries or releases is left out. */
#define JMP_FEED_MAX_SIZE     JMP_HTTP_MAX_LIST
#define JMP_FEED_MAX_ENTRIES  20000
#define JMP_FEED_MAX_RELEASES 5000

/**
 * JmpFeedQuery:
 * @catalogue: boards, versions and pins
 * @source: which source is asked
 * @board: (nullable): the board that firmware is looked for; %NULL for all that the source has
 *
 * What is asked of a source. Template and links need a board.
 */
typedef struct {
  JmpCatalogue *catalogue;
  JmpSource *source;
  JmpBoard *board;
} JmpFeedQuery;

gboolean jmp_feed_needs_bytes (const JmpSource *source);
char *jmp_feed_get_url (const JmpFeedQuery *query, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *jmp_feed_parse (const JmpFeedQuery *query,
                           GBytes *bytes,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *jmp_feed_list_folder (const JmpSource *source,
                              GCancellable *cancellable,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
