/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* All releases for a board: every source that has some is asked or remembered, and what they say is
 * put together.
 *
 * Synchronous, can be cancelled, keeps nothing itself: call it from any thread but the one that draws
 * the window. A source that fails takes nothing away from the others. */

#pragma once

#include "release/feed.h"
#include "release/fetch.h"

G_BEGIN_DECLS

/**
 * JmpFindRequest:
 * @catalogue: boards, versions and sources
 * @personal: (nullable) (element-type JmpSource): the person's own sources
 * @board: the board
 * @offline: ask no network: the catalogue, folders, and lists that came earlier
 * @max_age_s: how old a list may be that is taken without asking, in seconds; 0: always ask
 *
 * What is looked for.
 */
typedef struct {
  JmpCatalogue *catalogue;
  GPtrArray *personal;
  JmpBoard *board;
  gboolean offline;
  guint max_age_s;
} JmpFindRequest;

/**
 * JmpFindProblem:
 * @feed: id of a source
 * @error: why it has nothing new to say
 */
typedef struct {
  char *feed;
  GError *error;
} JmpFindProblem;

/**
 * JmpFound:
 * @releases: (element-type JmpRelease): all releases, newest first
 * @own: (element-type JmpRelease): those of them that the person's own sources have
 * @problems: (element-type JmpFindProblem): sources that failed
 */
typedef struct {
  GPtrArray *releases;
  GPtrArray *own;
  GPtrArray *problems;
} JmpFound;

JmpFound *jmp_find_releases (JmpFetcher *fetcher,
                             const JmpFindRequest *request,
                             GCancellable *cancellable,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpRelease *jmp_found_pick (const JmpFound *self,
                            JmpBoard *board,
                            const char *variant,
                            const char *version,
                            JmpChannel channel);
void jmp_found_free (JmpFound *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpFound, jmp_found_free)

G_END_DECLS
