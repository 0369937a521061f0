/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How work is stopped, how the window is left while work runs, and what the rest of the desktop is
 * told about it. */

#include "config.h"

#include "window/window-private.h"

#include "fleet/fleet-words.h"
#include "session/status.h"
#include "window/desktop.h"

#include <glib/gi18n-lib.h>

#define KEEP "keep"
#define STOP "stop"

#define FLEET_NOTE          "several"
#define TASKBAR_INTERVAL_US (G_USEC_PER_SEC / 2)

/* --- The question --- */

static char *
question_body (JmpWindow *self)
{
  JmpSession *session = self->asked;
  const guint n = jmp_window_count_working (self, session == NULL ? &session : NULL);

  if (session == NULL || (self->asked == NULL && n > 1))
    return g_strdup_printf (ngettext ("%u board is being updated. It may not start until firmware "
                                      "is installed again.",
                                      "%u boards are being updated. They may not start until "
                                      "firmware is installed again.",
                                      n),
                            n);
  return g_strdup (jmp_status_stop_meaning (session));
}

static void
stop_all (JmpWindow *self)
{
  GHashTableIter iter;
  gpointer session;

  jmp_fleet_stop (self->fleet);
  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &session))
    jmp_session_stop (session);
}

static void
answer_cb (JmpWindow *self, const char *answer)
{
  JmpSession *asked = self->asked;

  self->dialog = NULL;
  self->asked = NULL;
  if (g_strcmp0 (answer, STOP) != 0)
    return;
  if (asked != NULL) {
    jmp_session_stop (asked);
    return;
  }
  self->closing = TRUE;
  if (jmp_window_count_working (self, NULL) == 0)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    stop_all (self);
}

/* Of one board, or of all that are worked on. */
static const char *
question_title (JmpSession *session)
{
  if (session == NULL)
    return _ ("Stop the Work and Close?");
  return jmp_session_is_restore (session) ? _ ("Stop Restoring?") : _ ("Stop the Installation?");
}

static void
ask (JmpWindow *self, JmpSession *session)
{
  g_autofree char *body = NULL;
  AdwMessageDialog *dialog;

  if (self->dialog != NULL)
    return;
  self->asked = session;
  body = question_body (self);
  self->dialog = GTK_WINDOW (
      adw_message_dialog_new (GTK_WINDOW (self), question_title (session), body));
  dialog = ADW_MESSAGE_DIALOG (self->dialog);
  adw_message_dialog_add_responses (dialog,
                                    KEEP,
                                    _ ("_Keep Working"),
                                    STOP,
                                    session != NULL ? _ ("_Stop") : _ ("_Stop and Close"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, STOP, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, KEEP);
  adw_message_dialog_set_close_response (dialog, KEEP);
  g_signal_connect_object (dialog, "response", G_CALLBACK (answer_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (self->dialog);
}

void
jmp_window_ask_to_stop (JmpWindow *self)
{
  if (self->current != NULL && jmp_session_can_stop (self->current))
    ask (self, self->current);
}

/* What stopping means changes with the phase; a question about work that has ended goes away. */
void
jmp_window_update_question (JmpWindow *self)
{
  const gboolean moot = self->asked != NULL ? !jmp_session_is_working (self->asked)
                                            : jmp_window_count_working (self, NULL) == 0;
  g_autofree char *body = NULL;

  if (self->dialog == NULL)
    return;
  if (moot) {
    adw_message_dialog_response (ADW_MESSAGE_DIALOG (self->dialog), KEEP);
    return;
  }
  body = question_body (self);
  if (g_strcmp0 (body, adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (self->dialog))) != 0)
    adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self->dialog), body);
}

gboolean
jmp_window_close_request (GtkWindow *window)
{
  JmpWindow *self = JMP_WINDOW (window);

  if (jmp_window_count_working (self, NULL) == 0)
    return GTK_WINDOW_CLASS (g_type_class_peek_parent (g_type_class_peek (JMP_TYPE_WINDOW)))
        ->close_request (window);
  if (!self->closing)
    ask (self, NULL);
  return GDK_EVENT_STOP;
}

/* --- The desktop --- */

void
jmp_window_update_inhibit (JmpWindow *self)
{
  const gboolean working = jmp_window_count_working (self, NULL) > 0
                           || jmp_fleet_get_state (self->fleet) == JMP_FLEET_WORKING;

  if (working && self->inhibit_cookie == 0) {
    self->inhibit_cookie = jmp_desktop_inhibit (GTK_WINDOW (self),
                                                _ ("Work on a board is under way."));
  } else if (!working && self->inhibit_cookie != 0) {
    jmp_desktop_uninhibit (GTK_WINDOW (self), self->inhibit_cookie);
    self->inhibit_cookie = 0;
  }
}

/* Practice boards of one kind share an id. */
static char *
notification_id (JmpDevice *device)
{
  return g_strdup_printf ("%s#%p", jmp_device_get_id (device), (void *)device);
}

/* For somebody who looks at another window. Several boards are told of together, at the end. */
void
jmp_window_notify_finished (JmpWindow *self, JmpSession *session)
{
  JmpDevice *device = jmp_session_get_device (session);
  g_autofree char *id = notification_id (device);

  if (gtk_window_is_active (GTK_WINDOW (self)) || jmp_fleet_has (self->fleet, session))
    return;
  /* who stopped it knows */
  if (jmp_session_get_state (session) != JMP_SESSION_STOPPED)
    jmp_desktop_notify (
        GTK_WINDOW (self), id, jmp_status_result_title (session), jmp_session_get_title (session));
}

/* All of several boards have ended. */
void
jmp_window_notify_all_finished (JmpWindow *self)
{
  g_autofree char *title = NULL;

  if (gtk_window_is_active (GTK_WINDOW (self)))
    return;
  title = jmp_fleet_status_result (self->fleet);
  jmp_desktop_notify (GTK_WINDOW (self), FLEET_NOTE, title, NULL);
}

/* How far all work is: of several boards together, as far as each is. */
static double
work_fraction (JmpWindow *self)
{
  GHashTableIter iter;
  gpointer session;
  double sum = 0;
  guint n = 0;

  if (jmp_fleet_get_state (self->fleet) == JMP_FLEET_WORKING)
    return jmp_fleet_get_fraction (self->fleet);
  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &session)) {
    if (!jmp_session_is_working (session))
      continue;
    sum += jmp_session_get_progress (session).fraction;
    n++;
  }
  return n > 0 ? sum / n : -1;
}

/* The beginning and the end are told at once, what is between them now and then. */
void
jmp_window_update_taskbar (JmpWindow *self)
{
  const double fraction = work_fraction (self);
  const gint64 now = g_get_monotonic_time ();

  if ((fraction < 0 && self->taskbar_time == 0)
      || (fraction >= 0 && now - self->taskbar_time < TASKBAR_INTERVAL_US))
    return;
  self->taskbar_time = fraction < 0 ? 0 : now;
  jmp_desktop_set_progress (GTK_WINDOW (self), fraction);
}

/* What was told is seen now. */
void
jmp_window_withdraw_notifications (JmpWindow *self)
{
  GHashTableIter iter;
  gpointer device;

  if (!gtk_window_is_active (GTK_WINDOW (self)))
    return;
  jmp_desktop_withdraw (GTK_WINDOW (self), FLEET_NOTE);
  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, &device, NULL)) {
    g_autofree char *id = notification_id (device);

    jmp_desktop_withdraw (GTK_WINDOW (self), id);
  }
}
