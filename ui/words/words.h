/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sentences for people, made from the core's codes and values: the window and the command say the
 * same thing in the same words.
 *
 * Owns no state and knows no toolkit. Everything is translated (gettext, domain GETTEXT_PACKAGE) and
 * valid UTF-8. What is "transfer none" is a static string. Any thread. */

#pragma once

#include "device/device.h"
#include "flash/run.h"

G_BEGIN_DECLS

/* What went wrong, in this order: headline, where (details), state of the board, advice. */
const char *jmp_words_error (const GError *error);
char *jmp_words_error_details (const GError *error) G_GNUC_WARN_UNUSED_RESULT;
const char *jmp_words_error_advice (const GError *error);
char *jmp_words_difference (const JmpOutcome *outcome) G_GNUC_WARN_UNUSED_RESULT;

/* What state the board is in, and what to do about it when it is not a good one. */
gboolean jmp_words_has_rom_loader (const JmpDfuInfo *info);
char *jmp_words_board_state (const JmpOutcome *outcome,
                             const JmpDfuInfo *info) G_GNUC_WARN_UNUSED_RESULT;
const char *jmp_words_board_advice (const JmpOutcome *outcome);
const char *jmp_words_cancel_meaning (JmpPhase phase);

/* Numbers. */
char *jmp_words_size (guint64 bytes) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_address (guint32 address) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_range (guint32 address, guint64 length) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_speed (double bytes_per_second) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_duration (double seconds) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_time_left (double seconds) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_ids (guint16 vid, guint16 pid) G_GNUC_WARN_UNUSED_RESULT;

/* Names of things. */
const char *jmp_words_phase (JmpPhase phase);
const char *jmp_words_mode (JmpDeviceMode mode);
const char *jmp_words_format (JmpImageFormat format);
const char *jmp_words_access (JmpAccess access);
char *jmp_words_alt (const JmpDfuAlt *alt) G_GNUC_WARN_UNUSED_RESULT;

/* One line about a file, a board, a piece of work. */
char *jmp_words_image (JmpImage *image) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_made_for (JmpImage *image) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_device (JmpDevice *device) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_device_twin (JmpDevice *device) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_memory (const JmpDfuInfo *info) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_plan (JmpPlan *plan) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_sector (const JmpPlanSector *sector) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_done (JmpPlan *plan, const JmpOutcome *outcome) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
