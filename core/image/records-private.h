/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What reading Intel HEX and S-record files has in common: records in lines, their data at addresses,
 * check sums, and an end record. One thread. */

#pragma once

#include "image/chunks-private.h"
#include "image/lines-private.h"

G_BEGIN_DECLS

/* @pool: the data so far; @hints: what the records say besides; @end_line: of the end record, or 0;
 * @damaged: a wrong check sum or count was accepted. */
typedef struct {
  JmpLines lines;
  const JmpReadOptions *options;
  JmpImageBuilder *builder; /* (owned) */
  JmpChunks chunks;
  GByteArray *pool; /* (owned) */
  JmpImageHints hints;
  guint32 end_line;
  gboolean damaged;
} JmpRecords;

void jmp_records_init (JmpRecords *self,
                       JmpImageFormat format,
                       GBytes *bytes,
                       const JmpReadOptions *options);
void jmp_records_clear (JmpRecords *self);
gboolean jmp_records_add (
    JmpRecords *self, guint64 address, const guint8 *data, gsize size, GError **error);
gboolean jmp_records_find_damage (JmpRecords *self, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
JmpImage *jmp_records_end (JmpRecords *self, GError **error);

guint8 jmp_records_sum (const guint8 *bytes, gsize size);

G_END_DECLS
