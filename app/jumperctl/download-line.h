/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How far a download is, shown as the work on a board is: a line on a terminal, else lines on standard
 * error, or JSON on standard output. Main thread. */

#pragma once

#include "jumperctl/options.h"
#include "release/download.h"

G_BEGIN_DECLS

typedef struct _CtlDownloadLine CtlDownloadLine;

CtlDownloadLine *ctl_download_line_new (CtlJson json,
                                        const char *file_name) G_GNUC_WARN_UNUSED_RESULT;
void ctl_download_line_update (const JmpDownloadProgress *progress, gpointer line);
void ctl_download_line_end (CtlDownloadLine *self, guint64 size);
void ctl_download_line_free (CtlDownloadLine *self);

G_END_DECLS
