/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How far a person is on the way into update mode, from what boards did since the guide began.
 *
 * Pure: events and the time come in, ticks go out. A step is ticked when the board has shown that it
 * was done, and not before. One value for one guide; fields are private. Any thread, one at a time. */

#pragma once

#include "guide/guide-ways.h"

G_BEGIN_DECLS

/* How long a person waits before help is offered. */
#define JMP_GUIDE_PATIENCE_US (15 * G_TIME_SPAN_SECOND)

/**
 * JmpGuideEvent:
 * @JMP_GUIDE_RUNNING: a board that runs its program was plugged in
 * @JMP_GUIDE_LEFT: a board went away
 * @JMP_GUIDE_ARRIVED: a board came in update mode, usable or not
 */
typedef enum {
  JMP_GUIDE_RUNNING,
  JMP_GUIDE_LEFT,
  JMP_GUIDE_ARRIVED,
} JmpGuideEvent;

/**
 * JmpGuide:
 * @way: what the person does
 * @since: microseconds: when something happened last
 * @is_running: a board runs its program now
 * @ran: a board ran its program at some time
 * @left: a board went away, and none came back yet
 * @arrived: a board is there in update mode
 * @missed: a board came back running its program, after the steps had been begun
 */
typedef struct {
  const JmpGuideWay *way;
  gint64 since;
  gboolean is_running;
  gboolean ran;
  gboolean left;
  gboolean arrived;
  gboolean missed;
} JmpGuide;

void jmp_guide_begin (JmpGuide *self, const JmpGuideWay *way, gboolean is_running, gint64 now);
void jmp_guide_take (JmpGuide *self, JmpGuideEvent event, gint64 now);
gboolean jmp_guide_is_done (const JmpGuide *self, guint step);
gboolean jmp_guide_is_missed (const JmpGuide *self);
gint64 jmp_guide_get_wait (const JmpGuide *self, gint64 now);

G_END_DECLS
