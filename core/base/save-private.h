/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* save-posix.c, save-win32.c: g_file_set_contents_full(), with what the system wants besides. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean jmp_save_whole (const char *path, const char *data, gsize size, int mode, GError **error);

G_END_DECLS
