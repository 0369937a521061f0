/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Released firmware on this computer: the catalogue, the person's own sources, and the core's
 * downloader, cache and memory, put together once for every front end.
 *
 * Ref-counted; any thread may call, several at once. Nothing here touches the network before it is
 * asked to. jmp_library_find() and the fetcher are synchronous: call them from any thread but the one
 * that draws the window. */

#pragma once

#include "release/find.h"

G_BEGIN_DECLS

/* How old a list may be to be taken as it is with %JMP_LIBRARY_ASK_SOMETIMES, in seconds. */
#define JMP_LIBRARY_LIST_AGE_S 3600

/**
 * JmpLibraryAsk:
 * @JMP_LIBRARY_ASK_NOBODY: no network: what is known, and lists that came earlier
 * @JMP_LIBRARY_ASK_SOMETIMES: a list that came within the last hour is taken as it is
 * @JMP_LIBRARY_ASK_NOW: every source is asked
 *
 * How much the network may be used to learn which releases there are.
 */
typedef enum {
  JMP_LIBRARY_ASK_NOBODY,
  JMP_LIBRARY_ASK_SOMETIMES,
  JMP_LIBRARY_ASK_NOW,
} JmpLibraryAsk;

typedef struct _JmpLibrary JmpLibrary;

JmpLibrary *jmp_library_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpLibrary *jmp_library_ref (JmpLibrary *self);
void jmp_library_unref (JmpLibrary *self);

JmpCatalogue *jmp_library_get_catalogue (JmpLibrary *self);
JmpFetcher *jmp_library_get_fetcher (JmpLibrary *self);
JmpDownloader *jmp_library_get_downloader (JmpLibrary *self);
JmpCache *jmp_library_get_cache (JmpLibrary *self);
JmpMemory *jmp_library_get_memory (JmpLibrary *self);

/* The person's own sources: read when the library is made, and again on request. */
gboolean jmp_library_read_sources (JmpLibrary *self, GError **error);
GPtrArray *jmp_library_dup_sources (JmpLibrary *self) G_GNUC_WARN_UNUSED_RESULT;
GError *jmp_library_dup_sources_problem (JmpLibrary *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_library_write_sources (JmpLibrary *self, GPtrArray *sources, GError **error);

JmpFound *jmp_library_find (JmpLibrary *self,
                            JmpBoard *board,
                            JmpLibraryAsk ask,
                            GCancellable *cancellable,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpLibrary, jmp_library_unref)

G_END_DECLS
