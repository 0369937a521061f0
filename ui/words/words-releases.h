/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sentences about releases: what there is, where it is, and what is known about it.
 *
 * As words.h: no state, no toolkit, translated. Any thread. */

#pragma once

#include "release/download.h"
#include "release/trust.h"
#include "release/version.h"

#include "board/board.h"

G_BEGIN_DECLS

const char *jmp_words_trust (JmpTrust trust, gboolean encrypted);
char *jmp_words_release_name (const JmpRelease *release) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_release (const JmpRelease *release) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_release_state (gboolean downloaded, guint64 size) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_release_place (const JmpRelease *release,
                               gboolean downloaded,
                               guint64 size) G_GNUC_WARN_UNUSED_RESULT;
const char *jmp_words_trust_short (JmpTrust trust);
char *jmp_words_download (const JmpDownloadProgress *progress) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_day (const char *date) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_variant (JmpBoard *board, const char *variant) G_GNUC_WARN_UNUSED_RESULT;
const char *jmp_words_source_kind (JmpSourceKind kind);
char *jmp_words_board (JmpBoard *board) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_advice (const JmpAdvice *advice) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_version_change (JmpVersionChange change,
                                const char *from,
                                const char *to) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
