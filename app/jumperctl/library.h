/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Released firmware, as the command speaks of it: which release was typed, what is wrong with a source,
 * how far a download is. The rest is #JmpLibrary's. Main thread. */

#pragma once

#include "jumperctl/session.h"
#include "release/library.h"

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

JmpLibrary *ctl_library_new (CtlSession *session, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpFound *ctl_library_find (JmpLibrary *library,
                            CtlSession *session,
                            JmpBoard *board,
                            JmpLibraryAsk ask,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpRelease *ctl_library_pick (JmpLibrary *library,
                              CtlSession *session,
                              const CtlWanted *wanted,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpFetched *ctl_library_fetch (JmpLibrary *library,
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

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CtlWanted, ctl_wanted_clear)

G_END_DECLS
