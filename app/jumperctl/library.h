/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Released firmware: what the program knows of it, what is on this computer, and how to get the rest.
 *
 * Holds the catalogue and the person's sources, and puts the core's downloader, cache and memory
 * together. The network is not touched before something is asked of it. Main thread. */

#pragma once

#include "jumperctl/session.h"
#include "release/find.h"

G_BEGIN_DECLS

/**
 * CtlWanted:
 * @board: (not owned): the board
 * @variant: (nullable): the build; %NULL for the standard one
 * @version: (nullable): the version; %NULL for the newest
 *
 * BOARD[-VARIANT][@VERSION], as it was typed.
 */
typedef struct {
  JmpBoard *board;
  char *variant;
  char *version;
} CtlWanted;

typedef struct {
  JmpCatalogue *catalogue;
  GPtrArray *personal;
  JmpDownloader *downloader;
  JmpCache *cache;
  JmpMemory *memory;
  JmpFetcher *fetcher;
} CtlLibrary;

/* How much the network may be used to learn which releases there are. */
typedef enum {
  CTL_ASK_NOBODY,
  CTL_ASK_SOMETIMES,
  CTL_ASK_NOW,
} CtlAsk;

CtlLibrary *ctl_library_new (CtlSession *session, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ctl_library_free (CtlLibrary *self);
JmpFound *ctl_library_find (CtlLibrary *self,
                            CtlSession *session,
                            JmpBoard *board,
                            CtlAsk ask,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpRelease *ctl_library_pick (CtlLibrary *self,
                              CtlSession *session,
                              const CtlWanted *wanted,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpFetched *ctl_library_fetch (CtlLibrary *self,
                               CtlSession *session,
                               JmpRelease *release,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean ctl_wanted_parse (JmpCatalogue *catalogue,
                           const char *text,
                           CtlWanted *out,
                           GError **error);
gboolean ctl_wanted_parse_strictly (JmpCatalogue *catalogue,
                                    const char *text,
                                    CtlWanted *out,
                                    GError **error);
void ctl_wanted_clear (CtlWanted *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlLibrary, ctl_library_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CtlWanted, ctl_wanted_clear)

G_END_DECLS
