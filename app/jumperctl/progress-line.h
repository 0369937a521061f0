/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How far the work on a board is: as a line, and when there is enough news for another. Pure. */

#pragma once

#include "flash/run.h"
#include "jumperctl/options.h"

G_BEGIN_DECLS

/**
 * CtlNews:
 * @progress: how far the work is
 * @speed: bytes per second; 0 where it is not known
 * @seconds_left: less than 0 where it is not known
 */
typedef struct {
  JmpProgress progress;
  double speed;
  double seconds_left;
} CtlNews;

/**
 * CtlShow:
 * @CTL_SHOW_NOTHING: not at all
 * @CTL_SHOW_PLAIN: as lines, one after the other
 * @CTL_SHOW_REDRAWN: as lines of a terminal that are drawn over
 * @CTL_SHOW_JSON: as objects, one a line
 *
 * How progress is shown.
 */
typedef enum {
  CTL_SHOW_NOTHING,
  CTL_SHOW_PLAIN,
  CTL_SHOW_REDRAWN,
  CTL_SHOW_JSON,
} CtlShow;

/**
 * CtlDue:
 * @begun: whether anything was shown
 * @phase: of the last that was
 * @waiting: the same
 * @percent: the same
 * @at: when that was
 *
 * What was shown last of a board. Begins as zeroes.
 */
typedef struct {
  gboolean begun;
  JmpPhase phase;
  gboolean waiting;
  guint percent;
  gint64 at;
} CtlDue;

gboolean ctl_due_check (CtlDue *self, CtlShow show, const JmpProgress *progress, gint64 now_us);
char *ctl_progress_format (const char *label,
                           const CtlNews *news,
                           guint width) G_GNUC_WARN_UNUSED_RESULT;
char *ctl_progress_plain (const char *label, const CtlNews *news) G_GNUC_WARN_UNUSED_RESULT;
char *ctl_line_join (const char *label, const char *text, guint width) G_GNUC_WARN_UNUSED_RESULT;
guint ctl_text_width (const char *text);

G_END_DECLS
