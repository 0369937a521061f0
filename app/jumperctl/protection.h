/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a board is protected, for the reports: as JSON and in words. Main thread. */

#pragma once

#include "dfu/option-bytes.h"
#include "jumperctl/session.h"

G_BEGIN_DECLS

gboolean ctl_protection_read (CtlSession *session, JmpProtection *out, GError **error);
void ctl_protection_json (JsonBuilder *builder, const JmpProtection *protection);
void ctl_protection_print (CtlSession *session, const JmpProtection *protection);

G_END_DECLS
