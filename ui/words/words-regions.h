/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sentences about what stands where in a board's memory, and how it is protected. As words.h. */

#pragma once

#include "board/regions.h"
#include "dfu/option-bytes.h"

G_BEGIN_DECLS

const char *jmp_words_region_kind (JmpRegionKind kind);
const char *jmp_words_region_reason (JmpRegionKind kind);
const char *jmp_words_region (const JmpRegion *region);
char *jmp_words_guard_hit (const JmpGuardHit *hit) G_GNUC_WARN_UNUSED_RESULT;
const char *jmp_words_protection (const JmpProtection *protection);
const char *jmp_words_unprotect_loss (void);
char *jmp_words_write_protection (const JmpOptionBytes *options) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_options (const JmpOptionBytes *options) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
