/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the name of a firmware file says: board, variant, day and version.
 *
 * "PYBV11-DP_THREAD-20260824-v1.29.0.dfu", and how such names were written before. Any thread. */

#pragma once

#include "board/catalogue.h"
#include "release/release.h"

G_BEGIN_DECLS

/**
 * JmpFileName:
 * @board: (nullable): the board, when the catalogue knows it
 * @variant: (nullable): the build; %NULL is the standard one
 * @date: the day, YYYYMMDD
 * @version: without "v"
 * @channel: stable or preview
 * @format: what the ending promises
 */
typedef struct {
  JmpBoard *board;
  char *variant;
  char *date;
  char *version;
  JmpChannel channel;
  JmpReleaseFormat format;
} JmpFileName;

JmpFileName *jmp_file_name_parse (JmpCatalogue *catalogue,
                                  const char *name) G_GNUC_WARN_UNUSED_RESULT;
void jmp_file_name_free (JmpFileName *self);
char *jmp_date_from_text (const char *text);
gboolean jmp_glob_matches (const char *pattern, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpFileName, jmp_file_name_free)

G_END_DECLS
