/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "board-page.h"

#include "firmware-view.h"
#include "map/memory-map.h"
#include "names.h"
#include "regions.h"
#include "resource.h"
#include "result-page.h"
#include "status-pill.h"
#include "words/words.h"
#include "work-view.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* How much higher the map's legend can become while work runs, in pixels. */
#define LEGEND_GROWTH 60

struct _JmpBoardPage {
  GtkWidget parent;

  /* Owned references */
  JmpSession *session;

  /* Template widgets */
  GtkScrolledWindow *scroller;
  GtkBox *content;
  GtkWidget *identity;
  GtkLabel *name;
  GtkLabel *memory;
  JmpStatusPill *pill;
  JmpStatusPill *small_pill;
  GtkWidget *problem;
  AdwActionRow *problem_row;
  GtkWidget *restart_practice;
  JmpResultPage *result;
  JmpMemoryMap *map;
  JmpFirmwareView *firmware;
  JmpWorkView *work;

  /* What the map shows now */
  JmpDfuInfo *map_info;
  JmpPlan *map_plan;
  JmpJob *map_job; /* of which the map has progress or outcome */
  JmpSessionState shown;
};

G_DEFINE_FINAL_TYPE (JmpBoardPage, jmp_board_page, GTK_TYPE_WIDGET)

/* --- The map --- */

static void
set_map_info (JmpBoardPage *self, JmpDfuInfo *info)
{
  const JmpMapName *names;
  guint n_names = 0;

  if (info == self->map_info)
    return;
  g_clear_pointer (&self->map_info, jmp_dfu_info_unref);
  g_clear_pointer (&self->map_plan, jmp_plan_unref);
  g_clear_object (&self->map_job);
  self->map_info = info != NULL ? jmp_dfu_info_ref (info) : NULL;
  jmp_memory_map_set_info (self->map, info);
  names = jmp_regions_of_device (jmp_session_get_device (self->session), &n_names);
  jmp_memory_map_set_names (self->map, names, n_names);
}

/* A plan that was carried out is shown anew when the work with it is dismissed. */
static void
set_map_plan (JmpBoardPage *self, JmpPlan *plan, JmpJob *job)
{
  if (plan == self->map_plan && (job == self->map_job || self->map_job == NULL))
    return;
  g_clear_pointer (&self->map_plan, jmp_plan_unref);
  g_clear_object (&self->map_job);
  jmp_memory_map_clear_work (self->map);
  if (plan == NULL)
    return;
  self->map_plan = jmp_plan_ref (plan);
  jmp_memory_map_set_plan (self->map, plan);
  jmp_memory_map_set_look (self->map, jmp_session_get_look (self->session));
}

static void
update_map (JmpBoardPage *self)
{
  JmpJob *job = jmp_session_get_job (self->session);
  const JmpOutcome *outcome;
  JmpProgress progress;

  /* While work runs, the map is the one that the plan was made for. */
  if (job == NULL)
    set_map_info (self, jmp_device_get_info (jmp_session_get_device (self->session)));
  set_map_plan (self, jmp_session_get_plan (self->session), job);
  if (job == NULL)
    return;
  g_set_object (&self->map_job, job);
  outcome = jmp_session_is_finished (self->session) ? jmp_job_get_outcome (job) : NULL;
  if (outcome == NULL)
    return;
  /* How far a step was that failed is part of what is shown. */
  progress = jmp_session_get_progress (self->session);
  jmp_memory_map_set_progress (self->map, &progress);
  jmp_memory_map_set_outcome (self->map, outcome);
}

/* --- The rest --- */

static void
update_state (JmpBoardPage *self)
{
  g_auto (JmpStatus) status = jmp_status_get (self->session);

  jmp_status_pill_set (self->pill, &status);
  jmp_status_pill_set (self->small_pill, &status);
}

static void
progress_cb (JmpBoardPage *self)
{
  const JmpProgress progress = jmp_session_get_progress (self->session);

  update_state (self);
  jmp_memory_map_set_progress (self->map, &progress);
}

static void
show_problem (JmpBoardPage *self, const char *icon, const char *title, const char *fix)
{
  adw_action_row_set_icon_name (self->problem_row, icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem_row), title);
  adw_action_row_set_subtitle (self->problem_row, fix);
}

/* Whether there is one. */
static gboolean
update_problem (JmpBoardPage *self)
{
  JmpDevice *device = jmp_session_get_device (self->session);
  const GError *problem = jmp_device_get_problem (device);

  switch (jmp_device_get_mode (device)) {
  case JMP_DEVICE_DFU:
    return FALSE;
  case JMP_DEVICE_RUNNING:
    show_problem (self,
                  "media-playback-start-symbolic",
                  _ ("The Board Runs Its Program"),
                  _ ("To update it, bring it into update mode: join DFU and 3V3 (on other boards: "
                     "BOOT0), then press RST."));
    return TRUE;
  case JMP_DEVICE_GONE:
    show_problem (self,
                  "action-unavailable-symbolic",
                  _ ("The Board Is Not Connected"),
                  _ ("Connect it in update mode; it is recognized by itself."));
    return TRUE;
  case JMP_DEVICE_UNUSABLE:
    show_problem (self,
                  "dialog-warning-symbolic",
                  problem != NULL ? jmp_words_error (problem)
                                  : jmp_words_mode (JMP_DEVICE_UNUSABLE),
                  problem != NULL ? jmp_words_error_advice (problem) : "");
    return TRUE;
  }
  return FALSE;
}

/* The bar and Cancel must be in sight while work runs: where the page is higher than the window, they
 * stand above the map. Decided once, when the work begins, so that nothing jumps later; what to do
 * about a board that went away always stands there. */
static void
place_work (JmpBoardPage *self, gboolean waiting)
{
  GtkWidget *content = GTK_WIDGET (self->content);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  int height;

  gtk_widget_measure (
      content, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (content), NULL, &height, NULL, NULL);
  gtk_box_reorder_child_after (
      self->content,
      GTK_WIDGET (self->work),
      waiting || height + LEGEND_GROWTH > gtk_adjustment_get_page_size (adjustment)
          ? self->problem
          : GTK_WIDGET (self->firmware));
}

/* The beginning of work and its result are where the eye and the focus go. Not to a button: Enter
 * pressed twice would begin and stop, or try again. */
static void
move_focus (JmpBoardPage *self, gboolean finished)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  gtk_widget_grab_focus (finished ? GTK_WIDGET (self->result) : GTK_WIDGET (self->work));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static gboolean
has_map (const JmpDfuInfo *info)
{
  for (guint i = 0; info != NULL && i < info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (info->alts, i);

    if (alt->layout != NULL)
      return TRUE;
  }
  return FALSE;
}

static void
update (JmpBoardPage *self)
{
  JmpDevice *device = jmp_session_get_device (self->session);
  const JmpSessionState state = jmp_session_get_state (self->session);
  const gboolean working = jmp_session_is_working (self->session);
  const gboolean waiting = state == JMP_SESSION_WAITING;
  const gboolean finished = jmp_session_is_finished (self->session);
  g_autofree char *memory = jmp_words_memory (jmp_device_get_info (device));
  const gboolean problem = update_problem (self);
  const gboolean was_working = self->shown == JMP_SESSION_WORKING
                               || self->shown == JMP_SESSION_WAITING
                               || self->shown == JMP_SESSION_STOPPING;

  gtk_label_set_text (self->name, jmp_device_get_name (device));
  gtk_label_set_text (self->memory, memory);
  update_state (self);
  update_map (self);
  gtk_widget_set_visible (self->problem, problem && !working && !finished);
  gtk_widget_set_visible (self->restart_practice, jmp_device_is_practice (device));
  gtk_widget_set_visible (self->identity, !finished);
  gtk_widget_set_visible (GTK_WIDGET (self->result), finished);
  gtk_widget_set_visible (GTK_WIDGET (self->map), has_map (self->map_info));
  gtk_widget_set_visible (GTK_WIDGET (self->firmware), !working && !finished);
  gtk_widget_set_visible (GTK_WIDGET (self->work), working);
  if (working && (!was_working || (waiting && self->shown != state)))
    place_work (self, waiting);
  if (state != self->shown && (working || finished))
    move_focus (self, finished);
  self->shown = state;
}

static void
jmp_board_page_dispose (GObject *object)
{
  JmpBoardPage *self = JMP_BOARD_PAGE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->map_job);
  g_clear_pointer (&self->map_plan, jmp_plan_unref);
  g_clear_pointer (&self->map_info, jmp_dfu_info_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_BOARD_PAGE);
  G_OBJECT_CLASS (jmp_board_page_parent_class)->dispose (object);
}

static void
jmp_board_page_class_init (JmpBoardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_board_page_dispose;
  g_type_ensure (JMP_TYPE_FIRMWARE_VIEW);
  g_type_ensure (JMP_TYPE_MEMORY_MAP);
  g_type_ensure (JMP_TYPE_RESULT_PAGE);
  g_type_ensure (JMP_TYPE_STATUS_PILL);
  g_type_ensure (JMP_TYPE_WORK_VIEW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("board-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, content);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, identity);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, name);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, memory);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, pill);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, small_pill);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, problem);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, problem_row);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, restart_practice);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, result);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, map);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, firmware);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, work);
}

static void
jmp_board_page_init (JmpBoardPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_tidy (GTK_WIDGET (self));
}

/**
 * jmp_board_page_new:
 * @session: a board's session
 *
 * Returns: (transfer floating): the board's page
 */
GtkWidget *
jmp_board_page_new (JmpSession *session)
{
  JmpBoardPage *self = g_object_new (JMP_TYPE_BOARD_PAGE, NULL);

  self->session = g_object_ref (session);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  jmp_device_get_name (jmp_session_get_device (session)),
                                  -1);
  jmp_firmware_view_set_session (self->firmware, session);
  jmp_work_view_set_session (self->work, session);
  jmp_result_page_set_session (self->result, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * jmp_board_page_toggle_table:
 * @self: a page
 *
 * Shows the memory as a table instead of a map, or the other way round.
 */
void
jmp_board_page_toggle_table (JmpBoardPage *self)
{
  const JmpMapView view = jmp_memory_map_get_view (self->map);

  jmp_memory_map_set_view (self->map,
                           view == JMP_MAP_VIEW_MAP ? JMP_MAP_VIEW_TABLE : JMP_MAP_VIEW_MAP);
}
