/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the two halves of the fetcher share: files and lists. */

#pragma once

#include "release/fetch.h"

G_BEGIN_DECLS

struct _JmpFetcher {
  JmpDownloader *downloader;
  JmpCache *cache;
  JmpMemory *memory;
};

void jmp_fetcher_note_presence (JmpFetcher *self, const JmpRelease *release, JmpPresence presence);

G_END_DECLS
