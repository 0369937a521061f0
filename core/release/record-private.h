/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Small facts about an address, kept between runs: one JSON file for each, in one folder.
 *
 * The file's name is the SHA-256 of the key, so nothing that a source says becomes a path. One file
 * for each key, instead of one list for all, makes two programs at once safe without a lock: a file is
 * replaced as a whole, and nobody writes back what somebody else has changed meanwhile. Any thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JmpRecord:
 * @sha256: of the content, 64 hexadecimal digits in lower case
 * @size: of the content, in bytes
 * @etag: (nullable): its ETag
 * @last_modified: (nullable): its Last-Modified
 * @date: when that was found to be so, in seconds since 1970
 */
typedef struct {
  char *sha256;
  guint64 size;
  char *etag;
  char *last_modified;
  gint64 date;
} JmpRecord;

typedef enum {
  JMP_RECORD_ABSENT,
  JMP_RECORD_PRESENT,
  JMP_RECORD_DAMAGED,
} JmpRecordState;

void jmp_record_clear (JmpRecord *self);
char *jmp_record_path (const char *folder, const char *key) G_GNUC_WARN_UNUSED_RESULT;
JmpRecordState jmp_record_load (const char *folder, const char *key, JmpRecord *out);
JmpRecordState jmp_record_load_path (const char *path, char **key, JmpRecord *out);
gboolean jmp_record_save (const char *folder,
                          const char *key,
                          const JmpRecord *record,
                          GError **error);
gboolean jmp_is_sha256 (const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JmpRecord, jmp_record_clear)

G_END_DECLS
