/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What differs between the systems that the program runs on: which words describe a board that
 * cannot be opened, and what helps. One of words-linux.c, words-macos.c and words-win32.c is built in
 * (by meson's host_machine.system()); texts are untranslated msgids for gettext. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JmpWordsPlatform:
 * @permission: headline of %JMP_ERROR_PERMISSION
 * @permission_advice: what helps against it
 * @no_driver: headline of %JMP_ERROR_NO_DRIVER
 * @no_driver_advice: what helps against it
 * @busy_advice: which other programs may have the board
 * @not_found_advice: what to check when no board is seen
 * @check_title: headline of what this system wants before it shows a board
 * @check_advice: what it wants
 * @has_rule: whether a rule gives permission, which this program can help with
 */
typedef struct {
  const char *permission;
  const char *permission_advice;
  const char *no_driver;
  const char *no_driver_advice;
  const char *busy_advice;
  const char *not_found_advice;
  const char *check_title;
  const char *check_advice;
  gboolean has_rule;
} JmpWordsPlatform;

extern const JmpWordsPlatform jmp_words_platform;

G_END_DECLS
