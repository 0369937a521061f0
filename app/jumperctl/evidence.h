/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which kind of board it is, by evidence: what its USB ids and its memory map allow, what was chosen
 * for its serial number before, and what the firmware in its flash says. Never a guess: where more than
 * one fits, all of them are said. Main thread. */

#pragma once

#include "board/look.h"
#include "jumperctl/session.h"
#include "release/choose.h"

G_BEGIN_DECLS

/**
 * CtlEvidence:
 * @choice: what the board can be
 * @look: (nullable): what the firmware in its flash says, where that was read
 * @problem: (nullable): why it could not be read
 */
typedef struct {
  JmpChoice *choice;
  JmpLook *look;
  GError *problem;
} CtlEvidence;

JmpCatalogue *ctl_evidence_catalogue (void);
CtlEvidence *ctl_evidence_new (JmpDevice *device, const char *memory) G_GNUC_WARN_UNUSED_RESULT;
CtlEvidence *ctl_evidence_look (CtlSession *session,
                                const CtlBoard *board,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ctl_evidence_free (CtlEvidence *self);
void ctl_evidence_json (const CtlEvidence *self, JsonBuilder *builder);
void ctl_evidence_json_look (const CtlEvidence *self, JsonBuilder *builder);
void ctl_evidence_print (const CtlEvidence *self, CtlSession *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlEvidence, ctl_evidence_free)

G_END_DECLS
