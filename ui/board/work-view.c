/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "board/work-view.h"

#include "board/phase-label.h"
#include "draw/resource.h"
#include "draw/wrap-box.h"
#include "session/stages.h"
#include "session/status.h"
#include "window/names.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

/* Numbers that change more often than this are not read but flicker. */
#define TEXT_INTERVAL_US (G_USEC_PER_SEC / 4)
/* A board that says nothing for longer than this is waited for, and that is said. */
#define PATIENCE_US (10 * (gint64)G_USEC_PER_SEC)

struct _JmpWorkView {
  GtkBox parent;

  /* Owned references */
  JmpSession *session;

  /* Template widgets */
  GtkWidget *waiting;
  GtkWidget *plug;
  GtkWidget *phases;
  GtkProgressBar *bar;
  GtkLabel *amount;
  GtkLabel *left;
  GtkButton *cancel;
  GtkLabel *meaning;

  JmpPhaseLabel *labels[JMP_STAGE_N]; /* borrowed; NULL for stages that the work does not have */
  JmpStage shown_stage;
  gint64 text_time;
  guint patience; /* source id */
};

G_DEFINE_FINAL_TYPE (JmpWorkView, jmp_work_view, GTK_TYPE_BOX)

/* The stages of the work; those that turned out not to be needed go when that is known. */
static void
fill_stages (JmpWorkView *self)
{
  JmpPlan *look = jmp_session_get_look (self->session);
  JmpPlan *plan = jmp_session_get_plan (self->session);
  gboolean wanted[JMP_STAGE_N];
  gboolean same = TRUE;
  GtkWidget *child;

  for (guint stage = 0; stage < JMP_STAGE_N; stage++) {
    wanted[stage] = jmp_stage_is_in ((JmpStage)stage, look, plan)
                    || (stage == JMP_STAGE_BACKUP && jmp_session_has_backup_stage (self->session));
    same = same && wanted[stage] == (self->labels[stage] != NULL);
  }
  if (same)
    return;
  while ((child = gtk_widget_get_first_child (self->phases)) != NULL)
    gtk_widget_unparent (child);
  for (guint stage = 0; stage < JMP_STAGE_N; stage++) {
    self->labels[stage] = NULL;
    if (!wanted[stage])
      continue;
    self->labels[stage] = JMP_PHASE_LABEL (
        jmp_phase_label_new (jmp_stage_to_words ((JmpStage)stage)));
    gtk_widget_set_parent (GTK_WIDGET (self->labels[stage]), self->phases);
  }
}

static JmpStage
stage_now (JmpWorkView *self)
{
  const JmpProgress progress = jmp_session_get_progress (self->session);

  return jmp_stage_now (jmp_session_get_plan (self->session), &progress);
}

static void
show_stage (JmpWorkView *self, JmpStage now)
{
  for (guint stage = 0; stage < JMP_STAGE_N; stage++) {
    if (self->labels[stage] != NULL)
      jmp_phase_label_set_state (self->labels[stage],
                                 stage < now    ? JMP_PHASE_LABEL_DONE
                                 : stage == now ? JMP_PHASE_LABEL_NOW
                                                : JMP_PHASE_LABEL_TO_COME);
  }
  self->shown_stage = now;
}

static void
show_meaning (JmpWorkView *self)
{
  const char *meaning = jmp_session_get_state (self->session) == JMP_SESSION_STOPPING
                            ? _ ("The board finishes what it is doing just now.")
                            : jmp_status_stop_meaning (self->session);

  if (g_strcmp0 (meaning, gtk_label_get_text (self->meaning)) != 0)
    gtk_label_set_text (self->meaning, meaning);
}

static char *
amount_text (JmpJob *job, const JmpProgress *progress)
{
  const double speed = jmp_job_get_speed (job);
  g_autofree char *done = jmp_words_size (progress->phase_done);
  g_autofree char *total = jmp_words_size (progress->phase_total);
  g_autofree char *per_second = NULL;

  if (progress->phase_total == 0)
    return g_strdup ("");
  if (!(speed > 0))
    /* Translators: how many bytes of how many. */
    return g_strdup_printf (_ ("%s of %s"), done, total);
  per_second = jmp_words_speed (speed);
  /* Translators: how many bytes of how many, and how fast. */
  return g_strdup_printf (_ ("%s of %s · %s"), done, total, per_second);
}

static void
show_texts (JmpWorkView *self, JmpJob *job, const JmpProgress *progress)
{
  g_autofree char *amount = amount_text (job, progress);
  g_autofree char *left = jmp_words_time_left (jmp_job_get_seconds_left (job));

  gtk_label_set_text (self->amount, amount);
  gtk_label_set_text (self->left, left != NULL ? left : "");
  self->text_time = g_get_monotonic_time ();
}

/* Never silent: sectors of 128 KiB take a second or two, not ten. */
static gboolean
patience_cb (gpointer user_data)
{
  JmpWorkView *self = user_data;

  if (g_get_monotonic_time () - self->text_time >= PATIENCE_US)
    gtk_label_set_text (self->left, _ ("Waiting for the board to answer…"));
  return G_SOURCE_CONTINUE;
}

static void
progress_cb (JmpWorkView *self)
{
  JmpJob *job = jmp_session_get_job (self->session);
  const JmpProgress progress = jmp_session_get_progress (self->session);
  const JmpStage now = stage_now (self);
  const gboolean new_stage = now != self->shown_stage;

  gtk_progress_bar_set_fraction (self->bar, CLAMP (progress.fraction, 0, 1));
  if (new_stage)
    show_stage (self, now);
  show_meaning (self);
  if (jmp_session_get_state (self->session) == JMP_SESSION_WAITING)
    return;
  if (new_stage || g_get_monotonic_time () - self->text_time >= TEXT_INTERVAL_US)
    show_texts (self, job, &progress);
}

static void
keep_patience (JmpWorkView *self, gboolean needed)
{
  if (!needed)
    g_clear_handle_id (&self->patience, g_source_remove);
  else if (self->patience == 0)
    self->patience = g_timeout_add_seconds (1, patience_cb, self);
}

/* The board is away: that it is waited for is all there is to say. */
static void
show_waiting (JmpWorkView *self, gboolean waiting)
{
  JmpDevice *device = jmp_session_get_device (self->session);

  gtk_widget_set_visible (self->waiting, waiting);
  gtk_widget_set_visible (self->plug, waiting && jmp_device_is_practice (device));
  gtk_widget_set_visible (self->phases, !waiting);
  if (waiting) {
    gtk_label_set_text (self->amount, "");
    gtk_label_set_text (self->left, _ ("Waiting for the board…"));
  } else {
    self->text_time = 0;
  }
}

static void
changed_cb (JmpWorkView *self)
{
  const JmpSessionState state = jmp_session_get_state (self->session);
  const gboolean working = jmp_session_is_working (self->session);

  keep_patience (self, working && state != JMP_SESSION_WAITING);
  if (!working)
    return;
  fill_stages (self);
  show_stage (self, stage_now (self));
  show_waiting (self, state == JMP_SESSION_WAITING);
  jmp_names_set_button_label (self->cancel,
                              state == JMP_SESSION_STOPPING ? _ ("Stopping…") : _ ("_Cancel"));
  progress_cb (self);
}

static void
jmp_work_view_dispose (GObject *object)
{
  JmpWorkView *self = JMP_WORK_VIEW (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_WORK_VIEW);
  G_OBJECT_CLASS (jmp_work_view_parent_class)->dispose (object);
}

static void
jmp_work_view_class_init (JmpWorkViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_work_view_dispose;
  g_type_ensure (JMP_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("board/work-view.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpWorkView, waiting);
  gtk_widget_class_bind_template_child (widget_class, JmpWorkView, plug);
  gtk_widget_class_bind_template_child (widget_class, JmpWorkView, phases);
  gtk_widget_class_bind_template_child (widget_class, JmpWorkView, bar);
  gtk_widget_class_bind_template_child (widget_class, JmpWorkView, amount);
  gtk_widget_class_bind_template_child (widget_class, JmpWorkView, left);
  gtk_widget_class_bind_template_child (widget_class, JmpWorkView, cancel);
  gtk_widget_class_bind_template_child (widget_class, JmpWorkView, meaning);
}

static void
jmp_work_view_init (JmpWorkView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_tidy (GTK_WIDGET (self));
}

/**
 * jmp_work_view_set_session:
 * @self: a view
 * @session: a board's session
 *
 * Says whose work is shown; once.
 */
void
jmp_work_view_set_session (JmpWorkView *self, JmpSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}
