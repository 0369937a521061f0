/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "board/result-page.h"

#include "base/error.h"
#include "draw/resource.h"
#include "draw/wrap-box.h"
#include "guide/guide-after.h"
#include "releases/ask.h"
#include "session/status.h"
#include "window/names.h"
#include "words/words-backups.h"
#include "words/words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _JmpResultPage {
  GtkBox parent;

  /* Owned references */
  JmpSession *session;

  /* Template widgets */
  GtkWidget *head;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *text;
  AdwActionRow *running_row;
  AdwActionRow *jumper_row;
  AdwActionRow *advice_row;
  GtkWidget *unprotect;
  AdwActionRow *backup_row;
  AdwActionRow *recovery_row;
  AdwExpanderRow *details_row;
  GtkLabel *details;
  GtkButton *again;
  GtkButton *done;
  GtkLabel *reason;

  JmpSessionState shown;
};

G_DEFINE_FINAL_TYPE (JmpResultPage, jmp_result_page, GTK_TYPE_BOX)

static void
show_title (JmpResultPage *self, const char *icon, const char *style, const char *title)
{
  const char *classes[] = { "result", style, NULL };

  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->head), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/* Which of the backups on the board's page it is. */
static void
show_backup (JmpResultPage *self)
{
  JmpBackup *backup = jmp_session_get_backup (self->session);
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *when = backup != NULL ? jmp_words_when (backup->date, now) : NULL;
  g_autofree char *size = backup != NULL ? jmp_words_size (backup->size) : NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->backup_row), backup != NULL);
  if (backup == NULL)
    return;
  /* Translators: a date, and an amount of memory: "Today, 14:03 (1 MiB)". */
  text = g_strdup_printf (_ ("%s (%s). It is listed on the board’s page."), when, size);
  adw_action_row_set_subtitle (self->backup_row, text);
}

static void
show_rows (JmpResultPage *self, const char *advice, const GError *error)
{
  const JmpOutcome *outcome = jmp_job_get_outcome (jmp_session_get_job (self->session));
  g_autofree char *recovery = outcome != NULL ? jmp_status_recovery (outcome) : NULL;
  g_autofree char *details = error != NULL ? jmp_words_error_details (error) : NULL;

  show_backup (self);
  gtk_widget_set_visible (GTK_WIDGET (self->jumper_row), error == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->advice_row), advice != NULL);
  if (advice != NULL)
    adw_action_row_set_subtitle (self->advice_row, advice);
  gtk_widget_set_visible (GTK_WIDGET (self->recovery_row), recovery != NULL);
  if (recovery != NULL)
    adw_action_row_set_subtitle (self->recovery_row, recovery);
  gtk_widget_set_visible (GTK_WIDGET (self->details_row), details != NULL);
  gtk_label_set_text (self->details, details != NULL ? details : "");
}

/* What brought the board into update mode is taken back. */
static void
show_after (JmpResultPage *self)
{
  const JmpGuideAfter *after = jmp_guide_after (jmp_session_get_board (self->session),
                                                jmp_session_came_by_itself (self->session));
  g_autofree char *text = NULL;

  if (jmp_device_is_practice (jmp_session_get_device (self->session)))
    text = g_strdup_printf (
        "%s %s", _ ("This is a practice board; on a real one, this comes next."), _ (after->text));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->jumper_row), _ (after->title));
  adw_action_row_set_subtitle (self->jumper_row, text != NULL ? text : _ (after->text));
}

static void
show_success (JmpResultPage *self)
{
  g_autofree char *proven = jmp_status_success (self->session);
  g_autofree char *installed = jmp_status_installed (self->session);
  g_autofree char *text = installed != NULL ? g_strdup_printf ("%s\n%s", installed, proven)
                                            : g_strdup (proven);

  show_title (self, "emblem-ok-symbolic", "success", jmp_status_result_title (self->session));
  gtk_label_set_text (self->text, text);
  show_after (self);
  show_rows (self, NULL, NULL);
}

/* What went wrong, the state that the board is in, and where a difference is. */
static char *
failure_text (JmpSession *session)
{
  JmpJob *job = jmp_session_get_job (session);
  const GError *error = jmp_job_get_error (job);
  const JmpOutcome *outcome = jmp_job_get_outcome (job);
  const JmpDfuInfo *info = jmp_device_get_info (jmp_session_get_device (session));
  g_autoptr (GString) text = g_string_new (NULL);

  if (error != NULL && !jmp_error_is_cancelled (error))
    g_string_append_printf (text, "%s ", jmp_words_error (error));
  if (outcome != NULL) {
    g_autofree char *state = jmp_words_board_state (outcome, info);
    g_autofree char *difference = jmp_words_difference (outcome);

    g_string_append (text, state);
    if (difference != NULL)
      g_string_append_printf (text, " %s", difference);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* After work that the person stopped: trying again also reads back. */
static const char *
stopped_advice (JmpSession *session, const JmpOutcome *outcome)
{
  const char *advice = outcome != NULL ? jmp_words_board_advice (outcome) : NULL;

  if (advice == NULL)
    return NULL;
  if (outcome->state == JMP_BOARD_UNVERIFIED)
    return _ ("Try again: everything is written once more and read back.");
  return jmp_session_is_restore (session) ? _ ("Restore the backup once more.") : advice;
}

static void
show_failure (JmpResultPage *self)
{
  JmpJob *job = jmp_session_get_job (self->session);
  const GError *error = jmp_job_get_error (job);
  const JmpOutcome *outcome = jmp_job_get_outcome (job);
  g_autofree char *text = failure_text (self->session);

  if (jmp_session_get_state (self->session) == JMP_SESSION_STOPPED)
    show_title (
        self, "dialog-warning-symbolic", "warning", jmp_status_result_title (self->session));
  else
    show_title (self, "dialog-error-symbolic", "error", jmp_status_result_title (self->session));
  gtk_label_set_text (self->text, text);
  if (error != NULL && !jmp_error_is_cancelled (error)) {
    show_rows (self, jmp_words_error_advice (error), error);
  } else {
    show_rows (self, stopped_advice (self->session, outcome), NULL);
    gtk_widget_set_visible (GTK_WIDGET (self->jumper_row), FALSE);
  }
}

static void
unprotect_cb (JmpResultPage *self)
{
  jmp_ask_to_unprotect (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->session);
}

static void
update_protection (JmpResultPage *self)
{
  const GError *problem = jmp_session_get_unprotect_problem (self->session);
  g_autofree char *details = problem != NULL ? jmp_words_error_details (problem) : NULL;

  gtk_widget_set_visible (self->unprotect, jmp_session_can_unprotect (self->session));
  if (jmp_session_is_unprotecting (self->session))
    adw_action_row_set_subtitle (self->advice_row, _ ("Removing the protection…"));
  else if (details != NULL)
    adw_action_row_set_subtitle (self->advice_row, details);
}

/* The board comes back after the result is shown: what runs on it takes the place of how to start it. */
static void
update_running (JmpResultPage *self, gboolean success)
{
  g_autofree char *title = success ? jmp_status_running_title (self->session) : NULL;
  g_autofree char *text = title != NULL ? jmp_status_running (self->session) : NULL;
  const gboolean other = jmp_status_is_other_version (self->session);

  gtk_widget_set_visible (GTK_WIDGET (self->running_row), title != NULL);
  if (success)
    gtk_widget_set_visible (GTK_WIDGET (self->jumper_row), title == NULL);
  if (title == NULL)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->running_row), title);
  adw_action_row_set_subtitle (self->running_row, text);
  adw_action_row_set_icon_name (
      self->running_row, other ? "dialog-warning-symbolic" : "media-playback-start-symbolic");
}

/* Try Again where there is something to do again; the other button is only a way on. */
static void
update_buttons (JmpResultPage *self, gboolean success)
{
  g_autofree char *reason = success ? NULL : jmp_status_obstacle (self->session);
  g_autofree char *button = jmp_status_button (self->session);

  gtk_widget_set_visible (GTK_WIDGET (self->again), !success);
  jmp_names_set_button_label (self->again, button);
  jmp_names_set_button_label (self->done, success ? _ ("_Done") : _ ("_Back"));
  if (success)
    gtk_widget_add_css_class (GTK_WIDGET (self->done), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->done), "suggested-action");
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL);
}

static void
update (JmpResultPage *self)
{
  const JmpSessionState state = jmp_session_get_state (self->session);
  const gboolean success = state == JMP_SESSION_SUCCEEDED;
  const gboolean is_new = state != self->shown;

  self->shown = state;
  if (!jmp_session_is_finished (self->session))
    return;
  update_buttons (self, success);
  if (is_new && success)
    show_success (self);
  else if (is_new)
    show_failure (self);
  update_running (self, success);
  update_protection (self);
}

static gboolean
jmp_result_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (JMP_RESULT_PAGE (widget)->head);
}

static void
jmp_result_page_dispose (GObject *object)
{
  JmpResultPage *self = JMP_RESULT_PAGE (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_RESULT_PAGE);
  G_OBJECT_CLASS (jmp_result_page_parent_class)->dispose (object);
}

static void
jmp_result_page_class_init (JmpResultPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_result_page_dispose;
  widget_class->grab_focus = jmp_result_page_grab_focus;
  g_type_ensure (JMP_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("board/result-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpResultPage, head);
  gtk_widget_class_bind_template_child (widget_class, JmpResultPage, icon);
  gtk_widget_class_bind_template_child (widget_class, JmpResultPage, title);
  gtk_widget_class_bind_template_child (widget_class, JmpResultPage, text);
  gtk_widget_class_bind_template_child (widget_class, JmpResultPage, running_row);
  gtk_widget_class_bind_template_child (widget_class, JmpResultPage, jumper_row);
  gtk_widget_class_bind_template_child (widget_class, JmpResultPage, advice_row);
  gtk_widget_class_bind_template_child (widget_class, JmpResultPage, unprotect);
  gtk_widget_class_bind_template_callback (widget_class, unprotect_cb);
  gtk_widget_class_bind_template_child (widget_class, JmpResultPage, backup_row);
  gtk_widget_class_bind_template_child (widget_class, JmpResultPage, recovery_row);
  gtk_widget_class_bind_template_child (widget_class, JmpResultPage, details_row);
  gtk_widget_class_bind_template_child (widget_class, JmpResultPage, details);
  gtk_widget_class_bind_template_child (widget_class, JmpResultPage, again);
  gtk_widget_class_bind_template_child (widget_class, JmpResultPage, done);
  gtk_widget_class_bind_template_child (widget_class, JmpResultPage, reason);
}

static void
jmp_result_page_init (JmpResultPage *self)
{
  self->shown = JMP_SESSION_NO_FIRMWARE;
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_tidy (GTK_WIDGET (self));
}

/**
 * jmp_result_page_set_session:
 * @self: a page
 * @session: a board's session
 *
 * Says whose results are shown; once.
 */
void
jmp_result_page_set_session (JmpResultPage *self, JmpSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
