/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "work-view.h"

#include "names.h"
#include "phase-label.h"
#include "resource.h"
#include "words/words.h"
#include "wrap-box.h"

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
  GtkWidget *phases;
  GtkProgressBar *bar;
  GtkLabel *amount;
  GtkLabel *left;
  GtkButton *cancel;
  GtkLabel *meaning;

  JmpPhaseLabel *labels[JMP_PHASE_N]; /* borrowed; NULL for phases that the plan does not have */
  JmpPhase shown_phase;
  gint64 text_time;
  guint patience; /* source id */
};

G_DEFINE_FINAL_TYPE (JmpWorkView, jmp_work_view, GTK_TYPE_BOX)

static const struct {
  JmpStepKind kind;
  JmpPhase phase;
} PHASES[] = {
  { JMP_STEP_ERASE, JMP_PHASE_ERASE },   { JMP_STEP_WRITE, JMP_PHASE_WRITE },
  { JMP_STEP_VERIFY, JMP_PHASE_VERIFY }, { JMP_STEP_READ, JMP_PHASE_BACKUP },
  { JMP_STEP_LEAVE, JMP_PHASE_LEAVE },
};

static gboolean
is_step_of (JmpStepKind kind, JmpPhase phase)
{
  for (guint i = 0; i < G_N_ELEMENTS (PHASES); i++) {
    if (PHASES[i].kind == kind)
      return PHASES[i].phase == phase;
  }
  return FALSE;
}

static gboolean
has_phase (JmpPlan *plan, JmpPhase phase)
{
  guint n = 0;
  const JmpStep *steps = jmp_plan_get_steps (plan, &n);

  for (guint i = 0; i < n; i++) {
    if (is_step_of (steps[i].kind, phase))
      return TRUE;
  }
  return FALSE;
}

static void
fill_phases (JmpWorkView *self, JmpPlan *plan)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->phases)) != NULL)
    gtk_widget_unparent (child);
  for (JmpPhase phase = JMP_PHASE_PREPARE; phase < JMP_PHASE_N; phase++) {
    self->labels[phase] = NULL;
    if (!has_phase (plan, phase))
      continue;
    self->labels[phase] = JMP_PHASE_LABEL (jmp_phase_label_new (jmp_words_phase (phase)));
    gtk_widget_set_parent (GTK_WIDGET (self->labels[phase]), self->phases);
  }
}

static void
show_phase (JmpWorkView *self, JmpPhase now)
{
  for (guint phase = 0; phase < JMP_PHASE_N; phase++) {
    if (self->labels[phase] != NULL)
      jmp_phase_label_set_state (self->labels[phase],
                                 phase < now    ? JMP_PHASE_LABEL_DONE
                                 : phase == now ? JMP_PHASE_LABEL_NOW
                                                : JMP_PHASE_LABEL_TO_COME);
  }
  self->shown_phase = now;
  if (jmp_session_get_state (self->session) == JMP_SESSION_STOPPING)
    gtk_label_set_text (self->meaning, _ ("The board finishes what it is doing just now."));
  else
    gtk_label_set_text (self->meaning, jmp_words_cancel_meaning (now));
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
  const JmpProgress progress = jmp_job_get_progress (job);
  const gboolean new_phase = progress.phase != self->shown_phase;

  gtk_progress_bar_set_fraction (self->bar, CLAMP (progress.fraction, 0, 1));
  if (new_phase)
    show_phase (self, progress.phase);
  if (new_phase || g_get_monotonic_time () - self->text_time >= TEXT_INTERVAL_US)
    show_texts (self, job, &progress);
}

static void
changed_cb (JmpWorkView *self)
{
  const gboolean stopping = jmp_session_get_state (self->session) == JMP_SESSION_STOPPING;
  JmpProgress progress;

  if (!jmp_session_is_working (self->session)) {
    g_clear_handle_id (&self->patience, g_source_remove);
    return;
  }
  if (self->patience == 0)
    self->patience = g_timeout_add_seconds (1, patience_cb, self);
  fill_phases (self, jmp_session_get_plan (self->session));
  progress = jmp_job_get_progress (jmp_session_get_job (self->session));
  show_phase (self, progress.phase);
  jmp_names_set_button_label (self->cancel, stopping ? _ ("Stopping…") : _ ("_Cancel"));
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
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("work-view.ui"));
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
