/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which releases there are for a session's board, as far as it is known which board it is.
 *
 * Looks on a worker: at what is known without a network first; then, where the person wants that, at the
 * sources. Chooses the newest release for the session as long as the person has chosen nothing; what is
 * on this computer already is loaded at once, what is not waits for the main button. Emits "changed".
 * Knows no toolkit. Main thread only. */

#pragma once

#include "session/session.h"

G_BEGIN_DECLS

#define JMP_TYPE_OFFER (jmp_offer_get_type ())
G_DECLARE_FINAL_TYPE (JmpOffer, jmp_offer, JMP, OFFER, GObject)

JmpOffer *jmp_offer_get (JmpSession *session);
void jmp_offer_refresh (JmpOffer *self);
gboolean jmp_offer_is_looking (JmpOffer *self);
const GError *jmp_offer_get_problem (JmpOffer *self);
gint64 jmp_offer_get_date (JmpOffer *self);
JmpRelease *jmp_offer_get_newest (JmpOffer *self);
GPtrArray *jmp_offer_list (JmpOffer *self, const char *variant) G_GNUC_WARN_UNUSED_RESULT;
GStrv jmp_offer_list_variants (JmpOffer *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_offer_is_downloaded (JmpOffer *self, JmpRelease *release, guint64 *size);
gboolean jmp_offer_choose (JmpOffer *self, JmpRelease *release);
gboolean jmp_offer_choose_newest (JmpOffer *self);

G_END_DECLS
