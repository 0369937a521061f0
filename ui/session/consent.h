/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person has to agree to before firmware is installed, in proportion to what could be lost: an
 * update that keeps everything asks nothing. Knows no toolkit. Main thread only. */

#pragma once

#include "session/session.h"

G_BEGIN_DECLS

/**
 * JmpConsentKind:
 * @JMP_CONSENT_REFUSED: the catalogue advises against an update of this board
 * @JMP_CONSENT_PROTECTED: something is lost that cannot be had again
 * @JMP_CONSENT_FILES: the person's files are overwritten
 */
typedef enum {
  JMP_CONSENT_REFUSED,
  JMP_CONSENT_PROTECTED,
  JMP_CONSENT_FILES,
} JmpConsentKind;

/**
 * JmpConsent:
 * @kind: what it is about
 * @heading: the question, in a few words
 * @body: what would happen, in sentences
 * @accept: what the button says that goes on, with a mnemonic (static)
 * @word: (nullable): what has to be typed first
 *
 * One thing to agree to.
 */
typedef struct {
  JmpConsentKind kind;
  char *heading;
  char *body;
  const char *accept;
  char *word;
} JmpConsent;

gboolean jmp_consent_is_needed (JmpSession *session);
GPtrArray *jmp_consent_list (JmpSession *session) G_GNUC_WARN_UNUSED_RESULT;
void jmp_consent_free (JmpConsent *self);
char *jmp_consent_files_body (JmpSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpConsent, jmp_consent_free)

G_END_DECLS
