/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What an offer's worker finds. */

#pragma once

#include "releases/offer.h"

G_BEGIN_DECLS

/**
 * JmpOfferFinding:
 * @ask: how much the network was used
 * @found: the releases
 * @here: (element-type utf8 guint64): the addresses of those that are on this computer, with their sizes
 * @date: when it was known, in seconds since 1970; 0 when not known
 */
typedef struct {
  JmpLibraryAsk ask;
  JmpFound *found;
  GHashTable *here;
  gint64 date;
} JmpOfferFinding;

void jmp_offer_find_async (JmpOffer *offer,
                           JmpLibrary *library,
                           JmpBoard *board,
                           JmpLibraryAsk ask,
                           gboolean practice,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback);
JmpOfferFinding *jmp_offer_find_finish (GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void jmp_offer_finding_free (JmpOfferFinding *self);
void jmp_offer_finding_add (JmpOfferFinding *self, JmpRelease *release);
gboolean jmp_offer_finding_has (const JmpOfferFinding *self, JmpRelease *release, guint64 *size);

void jmp_offer_attach (JmpSession *session);
void jmp_offer_detach (JmpSession *session);

G_END_DECLS
