/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How far the work is, shown to whoever waits: on a terminal one line for each board, redrawn as a
 * block, else plain lines on standard error, or JSON on standard output. Main thread. */

#pragma once

#include "jumperctl/progress-line.h"

G_BEGIN_DECLS

typedef struct _CtlProgress CtlProgress;

CtlProgress *ctl_progress_new (CtlJson json,
                               const char *const *labels,
                               gboolean labelled) G_GNUC_WARN_UNUSED_RESULT;
CtlShow ctl_progress_get_show (CtlProgress *self);
void ctl_progress_update (CtlProgress *self, guint board, const CtlNews *news);
void ctl_progress_end_board (CtlProgress *self, guint board, const char *text);
void ctl_progress_free (CtlProgress *self);

G_END_DECLS
