/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The person's own sources of firmware: a JSON file in the configuration folder.
 *
 * {"schema": 1, "feeds": [{"id": "mine", "kind": "github", "url": "https://github.com/me/firmware",
 * "board": "PYBV11", "pattern": "*.dfu"}]}. A file that is broken is never written over. Any thread. */

#pragma once

#include <gio/gio.h>

#include "board/source.h"

G_BEGIN_DECLS

#define JMP_FEEDS_FILE_SCHEMA   1
#define JMP_FEEDS_FILE_MAX      100
#define JMP_FEEDS_FILE_MAX_SIZE (1024u * 1024)

char *jmp_feeds_file_get_path (void);
GPtrArray *jmp_feeds_file_parse (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *jmp_feeds_file_read (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_feeds_file_write (const char *path, GPtrArray *sources, GError **error);

G_END_DECLS
