/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What differs between the systems that the program runs on: which words describe a board that
 * cannot be opened, and what helps. One of words-linux.c, words-macos.c and words-win32.c is built in
 * (by meson's host_machine.system()); texts are untranslated msgids for gettext. Any thread. */

#pragma once

#include "base/error.h"

G_BEGIN_DECLS

/**
 * JmpWordsRule:
 * @title: title of the window that helps
 * @heading: what it is about
 * @installed: headline when there is one
 * @say_installed: makes the translated sentences of what it does, with the name of its file, or %NULL
 * @missing: headline when there is none
 * @missing_text: what it would do
 * @unknown: headline when that cannot be seen
 * @unknown_text: why, and what to do
 * @refused: of a board that is connected and cannot be opened
 * @leads: (nullable): of such a board, where the window that helps is one step away; %NULL to say
 *   what could be done by hand
 * @leads_to_commands: (nullable): the same where the window can only show what to type, where that
 *   differs
 * @name: headline of the rule itself
 * @commands: where the commands that do the same are to be pasted
 * @install: label of the button that installs it
 * @undo: label of the button that takes it away
 *
 * The words of the window that helps a board to be used: about the udev rule, or the driver.
 */
typedef struct {
  const char *title;
  const char *heading;
  const char *installed;
  char *(*say_installed) (const char *file);
  const char *missing;
  const char *missing_text;
  const char *unknown;
  const char *unknown_text;
  const char *refused;
  const char *leads;
  const char *leads_to_commands;
  const char *name;
  const char *commands;
  const char *install;
  const char *undo;
} JmpWordsRule;

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
 * @rule: (nullable): words about the rule or the driver that this program can help with
 * @rule_helps: the error that it helps against
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
  const JmpWordsRule *rule;
  JmpError rule_helps;
} JmpWordsPlatform;

extern const JmpWordsPlatform jmp_words_platform;

/* words-error.c */
const char *jmp_words_rule_leads (const JmpWordsRule *rule, gboolean can_install);

G_END_DECLS
