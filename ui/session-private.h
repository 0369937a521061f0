/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What session.c, which does things, and session-state.c, which says how they are, share. */

#pragma once

#include "session.h"

G_BEGIN_DECLS

struct _JmpSession {
  GObject parent;

  JmpDevice *device;
  GListModel *boards;

  GCancellable *reading; /* set while a file is being read */
  GFile *file;
  char *file_name;
  JmpImage *image;
  GError *problem; /* why there is no plan */
  JmpPlan *plan; /* the most that would be done; once the board was looked at, what is left to do */
  JmpPlan *look; /* how the board would be looked at */

  JmpJob *job;       /* running, or finished and not dismissed */
  gboolean finished; /* whether the job has said so: its thread is ahead of what was shown */
  guint n_plans;     /* how many the job has made */
  JmpProgress progress;
  JmpMainButton main_button;
};

G_END_DECLS
