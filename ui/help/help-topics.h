/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The pages of the help, as a table of paragraphs.
 *
 * Knows no toolkit. Texts are msgids: translate them with gettext where they are shown. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JmpHelpKind:
 * @JMP_HELP_TEXT: a paragraph
 * @JMP_HELP_HEADING: a heading over what follows
 * @JMP_HELP_POINT: one of several things, after a bullet
 */
typedef enum {
  JMP_HELP_TEXT,
  JMP_HELP_HEADING,
  JMP_HELP_POINT,
} JmpHelpKind;

/**
 * JmpHelpPart:
 * @kind: how it is set
 * @text: what it says; %NULL behind the last part
 */
typedef struct {
  JmpHelpKind kind;
  const char *text;
} JmpHelpPart;

/**
 * JmpHelpTopic:
 * @name: a short name that does not change
 * @title: what it is about, in header capitals
 * @drawing: a file of data/drawings
 * @picture: what the drawing shows, for somebody who cannot see it
 * @parts: what it says
 */
typedef struct {
  const char *name;
  const char *title;
  const char *drawing;
  const char *picture;
  const JmpHelpPart *parts;
} JmpHelpTopic;

const JmpHelpTopic *jmp_help_topics (guint *n_topics);

G_END_DECLS
