/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking before something is destroyed. Main thread. */

#pragma once

#include "jumperctl/session.h"

G_BEGIN_DECLS

gboolean ctl_consent_can_ask (void);
gboolean ctl_consent_word (CtlSession *session,
                           const char *question,
                           const char *wanted,
                           GError **error);
gboolean ctl_consent_typed (CtlSession *session,
                            const char *question,
                            const char *wanted,
                            const char *name,
                            GError **error);
gboolean ctl_consent (CtlSession *session, const char *question, GError **error);

G_END_DECLS
