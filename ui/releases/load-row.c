/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "releases/load-row.h"

#include "draw/resource.h"
#include "words/words-releases.h"

#include <glib/gi18n-lib.h>

/* A file of this computer is read before anybody could see how. */
#define PATIENCE_MS 300
#define PULSE_MS    120

struct _JmpLoadRow {
  GtkListBoxRow parent;

  /* Owned references */
  JmpSession *session;

  /* Template widgets */
  GtkProgressBar *bar;
  GtkLabel *text;

  guint timer; /* source id: until it is seen, then while nothing is known of the length */
};

G_DEFINE_FINAL_TYPE (JmpLoadRow, jmp_load_row, GTK_TYPE_LIST_BOX_ROW)

static void
stop_cb (JmpLoadRow *self)
{
  jmp_session_stop_loading (self->session);
}

static void
show_progress (JmpLoadRow *self)
{
  const JmpDownloadProgress progress = jmp_session_get_download (self->session);
  g_autofree char *text = jmp_words_download (&progress);

  gtk_label_set_text (self->text, text);
  if (progress.total > 0)
    gtk_progress_bar_set_fraction (self->bar,
                                   MIN ((double)progress.bytes / (double)progress.total, 1.0));
}

static gboolean
pulse_cb (gpointer user_data)
{
  JmpLoadRow *self = user_data;

  if (jmp_session_get_download (self->session).total == 0)
    gtk_progress_bar_pulse (self->bar);
  return G_SOURCE_CONTINUE;
}

static gboolean
patience_cb (gpointer user_data)
{
  JmpLoadRow *self = user_data;

  gtk_progress_bar_set_fraction (self->bar, 0);
  show_progress (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  self->timer = g_timeout_add (PULSE_MS, pulse_cb, self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (JmpLoadRow *self)
{
  const gboolean reading = jmp_session_get_state (self->session) == JMP_SESSION_READING;

  if (reading && self->timer == 0) {
    self->timer = g_timeout_add (PATIENCE_MS, patience_cb, self);
  } else if (!reading) {
    g_clear_handle_id (&self->timer, g_source_remove);
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  }
}

static void
jmp_load_row_dispose (GObject *object)
{
  JmpLoadRow *self = JMP_LOAD_ROW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_LOAD_ROW);
  G_OBJECT_CLASS (jmp_load_row_parent_class)->dispose (object);
}

static void
jmp_load_row_class_init (JmpLoadRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_load_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("releases/load-row.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpLoadRow, bar);
  gtk_widget_class_bind_template_child (widget_class, JmpLoadRow, text);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
jmp_load_row_init (JmpLoadRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jmp_load_row_set_session:
 * @self: a row
 * @session: a board's session
 *
 * Says whose firmware is loaded; once.
 */
void
jmp_load_row_set_session (JmpLoadRow *self, JmpSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "loading", G_CALLBACK (show_progress), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}
