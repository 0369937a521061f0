/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* How fast each model of board was the last time, in a small file, so that the first guess of the next
 * time is a good one.
 *
 * The file is a convenience: one that is missing, damaged or hostile is as if nothing were known. Any
 * thread; of two programs that save at once, one wins. */

#pragma once

#include "flash/plan.h"

G_BEGIN_DECLS

/**
 * JmpSpeeds:
 * @erase: how many times as long erasing takes as data sheets say
 * @write: the same for writing
 * @read: the same for reading
 */
typedef struct {
  double erase;
  double write;
  double read;
} JmpSpeeds;

char *jmp_speeds_key (const JmpDfuInfo *info) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_speeds_load (const char *folder, const char *key, JmpSpeeds *speeds);
gboolean jmp_speeds_save (const char *folder,
                          const char *key,
                          const JmpSpeeds *speeds,
                          GError **error);

G_END_DECLS
