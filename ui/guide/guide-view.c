/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "guide/guide-view.h"

#include "draw/drawing.h"
#include "draw/resource.h"
#include "guide/guide-watch.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MAX_WAYS 8

struct _JmpGuideView {
  GtkWidget parent;

  /* Owned */
  JmpBoard *board; /* NULL: a pyboard, or one that is not listed */
  JmpGuideWatch *watch;

  /* Template widgets */
  GtkWidget *content;
  JmpDrawing *drawing;
  GtkLabel *title;
  GtkDropDown *ways;
  GtkListBox *steps;
  GtkWidget *page;
  GtkWidget *waiting;
  GtkSpinner *spinner;
  GtkLabel *waiting_label;

  const JmpGuideWay *choice[MAX_WAYS];
  guint n_choice;
  JmpGuide guide;
  GtkWidget *ticks[JMP_GUIDE_MAX_STEPS];
  GtkWidget *rows[JMP_GUIDE_MAX_STEPS];
  guint timeout;
  gboolean filling; /* the list of ways changes, and not the person's choice */
};

G_DEFINE_FINAL_TYPE (JmpGuideView, jmp_guide_view, GTK_TYPE_WIDGET)

enum {
  ARRIVED,
  LATE,
  WAY_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* --- Waiting --- */

/* A spinner draws for as long as it spins, seen or not: it does while somebody is at the steps, and until
 * help is offered. */
static void
update_spinner (JmpGuideView *self)
{
  gtk_spinner_set_spinning (self->spinner,
                            self->timeout != 0 && gtk_widget_get_mapped (GTK_WIDGET (self)));
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->timeout != 0);
}

static gboolean
timeout_cb (gpointer user_data)
{
  JmpGuideView *self = user_data;

  self->timeout = 0;
  jmp_guide_view_update_at (self, g_get_monotonic_time ());
  return G_SOURCE_REMOVE;
}

static void
update_waiting (JmpGuideView *self)
{
  const char *text = jmp_guide_is_missed (&self->guide)
                         ? _ ("The board is connected, but runs its program. Go through the steps "
                              "once more.")
                         : _ ("Waiting for your board…");

  if (g_strcmp0 (gtk_label_get_text (self->waiting_label), text) != 0)
    gtk_label_set_text (self->waiting_label, text);
}

static void
update_ticks (JmpGuideView *self)
{
  for (guint i = 0; i < jmp_guide_way_count_steps (self->guide.way); i++) {
    const gboolean done = jmp_guide_is_done (&self->guide, i);

    gtk_widget_set_visible (self->ticks[i], done);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows[i]),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    done ? C_ ("step", "Done") : C_ ("step", "Not seen yet"),
                                    -1);
  }
}

/* For tests, which have their own time, and for the timeout. */
void
jmp_guide_view_update_at (JmpGuideView *self, gint64 now)
{
  const gint64 wait = jmp_guide_get_wait (&self->guide, now);

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (wait > 0)
    self->timeout = g_timeout_add ((guint)(wait / 1000) + 1, timeout_cb, self);
  update_spinner (self);
  if (wait == 0)
    g_signal_emit (self, signals[LATE], 0);
}

static void
board_cb (JmpGuideEvent event, JmpDevice *device, gpointer user_data)
{
  JmpGuideView *self = user_data;
  const gint64 now = g_get_monotonic_time ();

  jmp_guide_take (&self->guide, event, now);
  update_ticks (self);
  update_waiting (self);
  jmp_guide_view_update_at (self, now);
  if (event == JMP_GUIDE_ARRIVED)
    g_signal_emit (self, signals[ARRIVED], 0, device);
}

/* --- Steps --- */

static GtkWidget *
make_number (guint number)
{
  /* Translators: the number of a step. */
  g_autofree char *text = g_strdup_printf (C_ ("step", "%u"), number);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "step-number");
  return label;
}

static GtkWidget *
make_tick (void)
{
  GtkWidget *tick = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_widget_set_visible (tick, FALSE);
  gtk_widget_add_css_class (tick, "success");
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, C_ ("step", "Done"), -1);
  return tick;
}

static void
add_step (JmpGuideView *self, guint i)
{
  const JmpGuideStep *step = &self->guide.way->steps[i];
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (step->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (step->text));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), make_number (i + 1));
  self->ticks[i] = make_tick ();
  self->rows[i] = row;
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->ticks[i]);
  gtk_list_box_append (self->steps, row);
}

/* GTK 4.8 gives the focus to a button in the list's place, and no name to that button. */
static void
name_ways (JmpGuideView *self)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->ways));
  /* Translators: %s is a way to do it, such as "With a Jumper". */
  g_autofree char *name = g_strdup_printf (_ ("How to Do It: %s"), _ (self->guide.way->name));

  if (GTK_IS_BUTTON (button))
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_way (JmpGuideView *self, const JmpGuideWay *way)
{
  const char *page = self->board != NULL && way->needs_page ? self->board->page : NULL;
  GtkWidget *row;

  self->guide.way = way;
  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->steps, 0))) != NULL)
    gtk_list_box_remove (self->steps, row);
  for (guint i = 0; i < jmp_guide_way_count_steps (way); i++)
    add_step (self, i);
  name_ways (self);
  jmp_drawing_set (self->drawing, way->drawing, _ (way->picture));
  gtk_widget_set_visible (self->page, page != NULL);
  if (page != NULL)
    gtk_link_button_set_uri (GTK_LINK_BUTTON (self->page), page);
  jmp_guide_view_begin (self);
}

static void
way_chosen_cb (JmpGuideView *self)
{
  const guint i = gtk_drop_down_get_selected (self->ways);

  if (self->filling || i >= self->n_choice || self->choice[i] == self->guide.way)
    return;
  show_way (self, self->choice[i]);
  g_signal_emit (self, signals[WAY_CHANGED], 0);
}

/* What works whatever is on the board comes first: the catalogue has the easiest first. */
static void
collect (JmpGuideView *self, gboolean by_hand)
{
  const GArray *entries = self->board->entries;

  for (guint i = 0; i < entries->len && self->n_choice < MAX_WAYS; i++) {
    const JmpGuideWay *way = jmp_guide_way_find (g_array_index (entries, JmpWords, i).code);

    if (way != NULL && way->by_hand == by_hand)
      self->choice[self->n_choice++] = way;
  }
}

static void
fill_ways (JmpGuideView *self, gboolean is_known)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->n_choice = 0;
  if (self->board != NULL) {
    collect (self, TRUE);
    collect (self, FALSE);
  } else if (!is_known) {
    self->choice[self->n_choice++] = jmp_guide_way_get_any ();
    self->choice[self->n_choice++] = jmp_guide_way_find ("hold_boot_tap_reset");
    self->choice[self->n_choice++] = jmp_guide_way_find ("double_tap_reset");
  } else {
    self->choice[self->n_choice++] = jmp_guide_way_get_usual ();
    self->choice[self->n_choice++] = jmp_guide_way_find ("repl_machine_bootloader");
  }
  if (self->n_choice == 0)
    self->choice[self->n_choice++] = jmp_guide_way_get_any ();
  for (guint i = 0; i < self->n_choice; i++)
    gtk_string_list_append (names, _ (self->choice[i]->name));
  self->filling = TRUE;
  gtk_drop_down_set_model (self->ways, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->ways, 0);
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->ways), self->n_choice > 1);
}

static char *
make_title (JmpGuideView *self, gboolean is_known)
{
  if (self->board != NULL)
    /* Translators: %s is the name of a product, such as "Nucleo F401RE". */
    return g_strdup_printf (_ ("Put Your %s into Update Mode"), self->board->product);
  return g_strdup (is_known ? _ ("Put Your Pyboard into Update Mode")
                            : _ ("Put Your Board into Update Mode"));
}

/* --- The object --- */

/* The first step is read first, and pressing Enter on it does nothing. */
static gboolean
jmp_guide_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (JMP_GUIDE_VIEW (widget)->rows[0]);
}

static void
jmp_guide_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jmp_guide_view_parent_class)->map (widget);
  update_spinner (JMP_GUIDE_VIEW (widget));
}

static void
jmp_guide_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jmp_guide_view_parent_class)->unmap (widget);
  update_spinner (JMP_GUIDE_VIEW (widget));
}

static void
jmp_guide_view_dispose (GObject *object)
{
  JmpGuideView *self = JMP_GUIDE_VIEW (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->watch, jmp_guide_watch_free);
  g_clear_pointer (&self->board, jmp_board_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_GUIDE_VIEW);
  G_OBJECT_CLASS (jmp_guide_view_parent_class)->dispose (object);
}

static void
add_signals (GType type)
{
  signals[ARRIVED] = g_signal_new (
      "arrived", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, JMP_TYPE_DEVICE);
  signals[LATE] = g_signal_new (
      "late", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WAY_CHANGED] = g_signal_new (
      "way-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jmp_guide_view_class_init (JmpGuideViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_guide_view_dispose;
  widget_class->grab_focus = jmp_guide_view_grab_focus;
  widget_class->map = jmp_guide_view_map;
  widget_class->unmap = jmp_guide_view_unmap;
  add_signals (JMP_TYPE_GUIDE_VIEW);
  g_type_ensure (JMP_TYPE_DRAWING);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("guide/guide-view.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpGuideView, content);
  gtk_widget_class_bind_template_child (widget_class, JmpGuideView, drawing);
  gtk_widget_class_bind_template_child (widget_class, JmpGuideView, title);
  gtk_widget_class_bind_template_child (widget_class, JmpGuideView, ways);
  gtk_widget_class_bind_template_child (widget_class, JmpGuideView, steps);
  gtk_widget_class_bind_template_child (widget_class, JmpGuideView, page);
  gtk_widget_class_bind_template_child (widget_class, JmpGuideView, waiting);
  gtk_widget_class_bind_template_child (widget_class, JmpGuideView, spinner);
  gtk_widget_class_bind_template_child (widget_class, JmpGuideView, waiting_label);
  gtk_widget_class_bind_template_callback (widget_class, way_chosen_cb);
}

static void
jmp_guide_view_init (JmpGuideView *self)
{
  self->guide.way = jmp_guide_way_get_usual ();
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_guide_view_set_board (self, NULL, TRUE);
}

/**
 * jmp_guide_view_new:
 *
 * Returns: (transfer floating): the guide of a pyboard
 */
GtkWidget *
jmp_guide_view_new (void)
{
  return g_object_new (JMP_TYPE_GUIDE_VIEW, NULL);
}

/**
 * jmp_guide_view_set_boards:
 * @self: a guide
 * @boards: (nullable) (transfer none): the list of #JmpDevice that is watched; %NULL where there is no
 *   use in waiting
 *
 * Says which boards tick the steps.
 */
void
jmp_guide_view_set_boards (JmpGuideView *self, GListModel *boards)
{
  g_clear_pointer (&self->watch, jmp_guide_watch_free);
  if (boards != NULL)
    self->watch = jmp_guide_watch_new (boards, board_cb, self);
  jmp_guide_view_begin (self);
}

/**
 * jmp_guide_view_set_board:
 * @self: a guide
 * @board: (nullable) (transfer none): the person's board
 * @is_known: without @board: whether it is a pyboard, and not one that nothing is known of
 *
 * Shows the ways of a board, beginning with the first step of the best one.
 */
void
jmp_guide_view_set_board (JmpGuideView *self, JmpBoard *board, gboolean is_known)
{
  g_autofree char *title = NULL;

  if (board != NULL)
    jmp_board_ref (board);
  g_clear_pointer (&self->board, jmp_board_unref);
  self->board = board;
  title = make_title (self, is_known);
  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  fill_ways (self, is_known);
  show_way (self, self->choice[0]);
}

/**
 * jmp_guide_view_begin:
 * @self: a guide
 *
 * Begins again with the first step, as when the page is shown.
 */
void
jmp_guide_view_begin (JmpGuideView *self)
{
  const gint64 now = g_get_monotonic_time ();
  const gboolean running = self->watch != NULL && jmp_guide_watch_sees_running (self->watch);

  jmp_guide_begin (&self->guide, self->guide.way, running, now);
  gtk_widget_set_visible (self->waiting, self->watch != NULL);
  update_ticks (self);
  update_waiting (self);
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->watch != NULL)
    jmp_guide_view_update_at (self, now);
  else
    update_spinner (self);
}

/**
 * jmp_guide_view_get_way:
 * @self: a guide
 *
 * Returns: (transfer none): the way that is shown
 */
const JmpGuideWay *
jmp_guide_view_get_way (JmpGuideView *self)
{
  return self->guide.way;
}

/**
 * jmp_guide_view_get_board:
 * @self: a guide
 *
 * Returns: (transfer none) (nullable): the board that was given
 */
JmpBoard *
jmp_guide_view_get_board (JmpGuideView *self)
{
  return self->board;
}
