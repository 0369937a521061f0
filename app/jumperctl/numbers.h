/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses, sizes and ranges as people type them. Pure. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ctl_parse_number (const char *text, guint64 max, guint64 *out);
gboolean ctl_parse_range (const char *text, guint32 *address, guint64 *length, GError **error);

G_END_DECLS
