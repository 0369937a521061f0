/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Raw bytes: no format at all, only an address that somebody names. Any thread. */

#pragma once

#include "image/reader.h"

G_BEGIN_DECLS

/**
 * JmpRawEvidence:
 * @JMP_RAW_VECTORS: a vector table whose handlers lie in the file, when it stands there
 * @JMP_RAW_PARTICLE: Particle's module header, which says where it stands
 */
typedef enum {
  JMP_RAW_VECTORS,
  JMP_RAW_PARTICLE,
} JmpRawEvidence;

/**
 * JmpRawGuess:
 * @address: where the bytes most likely belong
 * @evidence: why
 * @certain: whether nothing speaks for any other address
 */
typedef struct {
  guint32 address;
  JmpRawEvidence evidence;
  gboolean certain;
} JmpRawGuess;

gboolean jmp_raw_guess_base (GBytes *bytes, JmpRawGuess *out);
JmpImage *jmp_raw_parse (GBytes *bytes,
                         const JmpReadOptions *options,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *jmp_raw_write (JmpImage *image, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
