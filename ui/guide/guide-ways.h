/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The ways in which boards are put into update mode, as steps for people: a table, by the codes that
 * the catalogue uses (#JmpBoard.entries).
 *
 * Knows no toolkit. Texts are msgids: translate them with gettext where they are shown. Any thread. */

#pragma once

#include "board/board.h"

G_BEGIN_DECLS

#define JMP_GUIDE_MAX_STEPS 4

/**
 * JmpGuideStepKind:
 * @JMP_GUIDE_STEP_DISCONNECT: take the board off: seen when a board leaves
 * @JMP_GUIDE_STEP_CONNECT: connect it, with its program running: seen when a running board comes
 * @JMP_GUIDE_STEP_HAND: something that only eyes can see; believed when the board comes in update mode
 * @JMP_GUIDE_STEP_LEAVE: what stops the program: seen when a running board leaves
 * @JMP_GUIDE_STEP_ARRIVE: what brings the board in update mode: seen when it comes
 *
 * How it can be known that a step was done.
 */
typedef enum {
  JMP_GUIDE_STEP_DISCONNECT,
  JMP_GUIDE_STEP_CONNECT,
  JMP_GUIDE_STEP_HAND,
  JMP_GUIDE_STEP_LEAVE,
  JMP_GUIDE_STEP_ARRIVE,
} JmpGuideStepKind;

/**
 * JmpGuideStep:
 * @kind: how it is known that it was done
 * @title: what to do, in header capitals; %NULL behind the last step
 * @text: how, in a sentence or two
 */
typedef struct {
  JmpGuideStepKind kind;
  const char *title;
  const char *text;
} JmpGuideStep;

/**
 * JmpGuideWay:
 * @code: what the catalogue calls it
 * @name: what a person would call it, in header capitals
 * @by_hand: whether it works whatever is on the board
 * @needs_page: whether the web page of the board is a part of it
 * @drawing: a file of data/drawings
 * @picture: what the drawing shows, for somebody who cannot see it
 * @check: what to look at when no board appears
 * @steps: what to do, in order
 */
typedef struct {
  const char *code;
  const char *name;
  gboolean by_hand;
  gboolean needs_page;
  const char *drawing;
  const char *picture;
  const char *check;
  JmpGuideStep steps[JMP_GUIDE_MAX_STEPS + 1];
} JmpGuideWay;

const JmpGuideWay *jmp_guide_way_find (const char *code);
const JmpGuideWay *jmp_guide_way_get_usual (void);
const JmpGuideWay *jmp_guide_way_get_any (void);
const JmpGuideWay *jmp_guide_way_by_hand (const JmpBoard *board);
guint jmp_guide_way_count_steps (const JmpGuideWay *self);
char *jmp_guide_way_list_steps (const JmpGuideWay *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
