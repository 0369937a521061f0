/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a session is shown in a few words: its state with a symbol, why the main button cannot be
 * pressed, what a plan takes away, and what came of it. Knows no toolkit. Main thread only. */

#pragma once

#include "releases/offer.h"

G_BEGIN_DECLS

/**
 * JmpStatus:
 * @text: the state in a word or two, as in a row of the list
 * @icon: name of a symbolic icon (static)
 * @style: CSS class that gives it its colour, or "" (static)
 *
 * Release with jmp_status_clear().
 */
typedef struct {
  char *text;
  const char *icon;
  const char *style;
} JmpStatus;

JmpStatus jmp_status_get (JmpSession *session);
void jmp_status_clear (JmpStatus *self);

char *jmp_status_button (JmpSession *session) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_status_obstacle (JmpSession *session) G_GNUC_WARN_UNUSED_RESULT;

char *jmp_status_problem (JmpSession *session) G_GNUC_WARN_UNUSED_RESULT;

/* status-release.c */
char *jmp_status_board (JmpSession *session) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_status_trust (const JmpFirmware *firmware) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_status_offer (JmpOffer *offer) G_GNUC_WARN_UNUSED_RESULT;

/* status-plan.c */
char *jmp_status_plan (JmpSession *session) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_status_losses (JmpPlan *plan) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_status_files_lost (JmpSession *session) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_status_kept (JmpSession *session) G_GNUC_WARN_UNUSED_RESULT;

/* status-running.c */
gboolean jmp_status_is_other_version (JmpSession *session);
char *jmp_status_running_title (JmpSession *session) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_status_running (JmpSession *session) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_status_installed (JmpSession *session) G_GNUC_WARN_UNUSED_RESULT;

/* status-result.c */
const char *jmp_status_stop_meaning (JmpSession *session);
const char *jmp_status_result_title (JmpSession *session);
char *jmp_status_recovery (const JmpOutcome *outcome) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_status_success (JmpSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JmpStatus, jmp_status_clear)

G_END_DECLS
