/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Waiting a moment, until cancelled. Blocks; any thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean jmp_pause (guint ms, GCancellable *cancellable, GError **error);

G_END_DECLS
