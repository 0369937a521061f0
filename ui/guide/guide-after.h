/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a hand has to do after an update, so that a board starts: what was done to bring it into update
 * mode is taken back.
 *
 * Knows no toolkit. Texts are msgids: translate them with gettext where they are shown. Any thread. */

#pragma once

#include "board/board.h"

G_BEGIN_DECLS

/**
 * JmpGuideAfter:
 * @title: what to do, in header capitals
 * @text: how, in a sentence or two
 */
typedef struct {
  const char *title;
  const char *text;
} JmpGuideAfter;

const JmpGuideAfter *jmp_guide_after (const JmpBoard *board, gboolean by_itself);
const JmpGuideAfter *jmp_guide_after_any (void);

G_END_DECLS
