/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fleet/fleet-row.h"

#include "board/status-pill.h"
#include "draw/resource.h"
#include "fleet/fleet-words.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

/* Words that change more often than this are not read but flicker. */
#define TEXT_INTERVAL_US (G_USEC_PER_SEC / 4)

struct _JmpFleetRow {
  GtkListBoxRow parent;

  /* Owned references */
  JmpFleetBoard *board;

  /* Template widgets */
  GtkLabel *name;
  GtkLabel *twin;
  GtkLabel *text;
  GtkLabel *fix;
  GtkProgressBar *bar;
  JmpStatusPill *pill;
  GtkLabel *time;

  guint tick; /* set while there is progress to show */
  gint64 text_time;
};

G_DEFINE_FINAL_TYPE (JmpFleetRow, jmp_fleet_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text != NULL ? text : "") != 0)
    gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
name_row (JmpFleetRow *self, const char *state, const char *text)
{
  JmpSession *session = jmp_fleet_board_get_session (self->board);
  g_autofree char *twin = jmp_words_device_twin (jmp_session_get_device (session));
  /* Translators: a board, what tells it from others, its state, and what will be or was done. */
  g_autofree char *label = g_strdup_printf (C_ ("board of several", "%s, %s: %s. %s"),
                                            jmp_session_get_title (session),
                                            twin,
                                            state,
                                            text);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_texts (JmpFleetRow *self)
{
  g_auto (JmpStatus) status = jmp_fleet_status (self->board);
  g_autofree char *text = jmp_fleet_status_text (self->board);

  jmp_status_pill_set (self->pill, &status);
  set_text (self->text, text);
  name_row (self, status.text, text);
  self->text_time = g_get_monotonic_time ();
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  JmpFleetRow *self = JMP_FLEET_ROW (widget);

  gtk_progress_bar_set_fraction (self->bar, jmp_fleet_board_get_fraction (self->board));
  if (g_get_monotonic_time () - self->text_time >= TEXT_INTERVAL_US)
    show_texts (self);
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
progress_cb (JmpFleetRow *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
update (JmpFleetRow *self)
{
  JmpSession *session = jmp_fleet_board_get_session (self->board);
  g_autofree char *twin = jmp_words_device_twin (jmp_session_get_device (session));
  g_autofree char *fix = jmp_fleet_status_fix (self->board);
  g_autofree char *time = jmp_fleet_status_time (self->board);
  const gboolean working = jmp_fleet_board_get_state (self->board) == JMP_FLEET_BOARD_WORKING;

  set_text (self->name, jmp_session_get_title (session));
  set_text (self->twin, twin);
  set_text (self->fix, fix);
  set_text (self->time, time);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), working);
  gtk_progress_bar_set_fraction (self->bar, jmp_fleet_board_get_fraction (self->board));
  show_texts (self);
}

static void
jmp_fleet_row_dispose (GObject *object)
{
  JmpFleetRow *self = JMP_FLEET_ROW (object);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_object (&self->board);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_FLEET_ROW);
  G_OBJECT_CLASS (jmp_fleet_row_parent_class)->dispose (object);
}

static void
jmp_fleet_row_class_init (JmpFleetRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_fleet_row_dispose;
  g_type_ensure (JMP_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("fleet/fleet-row.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpFleetRow, name);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetRow, twin);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetRow, text);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetRow, fix);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetRow, bar);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetRow, pill);
  gtk_widget_class_bind_template_child (widget_class, JmpFleetRow, time);
}

static void
jmp_fleet_row_init (JmpFleetRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jmp_fleet_row_new:
 * @board: one of several boards
 *
 * Returns: (transfer floating): a row for the board
 */
GtkWidget *
jmp_fleet_row_new (JmpFleetBoard *board)
{
  JmpFleetRow *self = g_object_new (JMP_TYPE_FLEET_ROW, NULL);
  JmpSession *session = jmp_fleet_board_get_session (board);

  self->board = g_object_ref (board);
  g_signal_connect_object (board, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
