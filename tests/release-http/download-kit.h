/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One download from a server that answers as told, and what came of it. */

#pragma once

#include "assert-text.h"
#include "base/error.h"
#include "release-kit.h"
#include "test-server.h"

typedef struct {
  JmpDownload *download;
  JmpDownload *broken;
  GError *error;
  guint n_requests;
} KitGot;

void kit_got_clear (KitGot *got);

/* Gets /a from @server. */
KitGot kit_get_from (TestServer *server,
                     const JmpDownloadSettings *settings,
                     JmpHttpKind kind,
                     const TestAnswer *answers,
                     guint n);
/* Gets /a from a server of its own, with short limits. */
KitGot kit_get (JmpHttpKind kind, const TestAnswer *answers, guint n);
void assert_bytes_equal (GBytes *actual, GBytes *expected);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KitGot, kit_got_clear)
