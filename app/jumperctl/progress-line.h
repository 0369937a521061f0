/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How far the work is, on standard error: one line that is redrawn on a terminal, plain lines
 * elsewhere; with --json nothing, with --json=lines objects on standard output. Main thread. */

#pragma once

#include "flash/run.h"
#include "jumperctl/options.h"

G_BEGIN_DECLS

typedef struct _CtlProgress CtlProgress;

CtlProgress *ctl_progress_new (CtlJson json) G_GNUC_WARN_UNUSED_RESULT;
void ctl_progress_update (CtlProgress *self,
                          const JmpProgress *progress,
                          double speed,
                          double seconds_left);
void ctl_progress_free (CtlProgress *self);
char *ctl_progress_format (const JmpProgress *progress,
                           double speed,
                           double seconds_left,
                           guint width) G_GNUC_WARN_UNUSED_RESULT;
guint ctl_text_width (const char *text);

G_END_DECLS
