/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Small files that are there as a whole or not at all, and that only their owner can read. Blocks until
 * the disk has them. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean jmp_save_bytes (const char *path, GBytes *bytes, GError **error);
gboolean jmp_keep_bytes (const char *path, GBytes *bytes, GError **error);
gboolean jmp_read_whole (const char *path, char **data, gsize *size, GError **error);

G_END_DECLS
