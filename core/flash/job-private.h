/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The inside of a job, for job.c, which runs it, and job-setup.c, which is told what to do before that.
 * Private to this room. */

#pragma once

#include "flash/estimate.h"
#include "flash/work-private.h"

G_BEGIN_DECLS

/* What the job's thread writes and everybody reads. */
typedef struct {
  JmpJobState state;
  JmpProgress progress;
  JmpPace pace;
  guint plans;
} JmpJobSnapshot;

struct _JmpJob {
  GObject parent_instance;

  /* Owned; not changed once the job runs. */
  JmpWork work;
  GDestroyNotify open_destroy;
  GDestroyNotify keep_destroy;
  JmpProgressFunc progress;
  gpointer progress_data;
  GMainContext *context;
  GCancellable *cancellable;

  /* The job's thread alone, until the job has ended. */
  JmpOutcome outcome;
  GError *error;

  /* Under the lock. */
  GMutex lock;
  JmpJobSnapshot now;
  GPtrArray *plans; /* every plan there was: who looks at one need not hold it */
  gboolean paced;
  gboolean threaded;
  gboolean dispatch_queued;

  /* The main context alone. */
  JmpJobSnapshot notified;
};

/* job-setup.c */
void jmp_job_free_regions (JmpPlanOptions *options);

G_END_DECLS
