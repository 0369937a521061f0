/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Lines of hexadecimal digits: what Intel HEX and S-record files are made of. One thread. */

#pragma once

#include "image/reader.h"

G_BEGIN_DECLS

/* The most bytes that a record holds, with count, address, kind and check sum. */
#define JMP_RECORD_MAX 300

/* @at to @end: what was not looked at yet; @number: of the line that was taken last, from 1. */
typedef struct {
  const char *at;
  const char *end;
  guint32 number;
} JmpLines;

void jmp_lines_init (JmpLines *self, GBytes *bytes);
gboolean jmp_lines_next (JmpLines *self, const char **line, gsize *length);
gboolean jmp_lines_begin_with (GBytes *bytes, char mark, gsize n_digits);
gboolean jmp_lines_decode (const JmpLines *self,
                           const char *digits,
                           gsize n_digits,
                           guint8 *out,
                           gsize *size,
                           GError **error);

G_END_DECLS
