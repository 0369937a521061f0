/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "board/board-page.h"

#include "backups/backups-view.h"
#include "backups/session-backups.h"
#include "base/error.h"
#include "board/firmware-view.h"
#include "board/main-bar.h"
#include "board/result-page.h"
#include "board/status-pill.h"
#include "board/work-view.h"
#include "device/permission.h"
#include "draw/direction.h"
#include "draw/resource.h"
#include "draw/text-layout.h"
#include "guide/guide-ways.h"
#include "map/memory-map.h"
#include "preferences/settings.h"
#include "releases/name-button.h"
#include "session/regions.h"
#include "window/names.h"
#include "words/words-platform.h"
#include "words/words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* How much higher the map's legend can become while work runs, in pixels. */
#define LEGEND_GROWTH 60

struct _JmpBoardPage {
  GtkWidget parent;

  /* Owned references */
  JmpSession *session;
  JmpBackupModel *backup_model;

  /* Template widgets */
  GtkScrolledWindow *scroller;
  GtkBox *content;
  GtkWidget *identity;
  GtkLabel *name;
  JmpNameButton *name_button;
  GtkLabel *memory;
  JmpStatusPill *pill;
  JmpStatusPill *low_pill;
  AdwSqueezer *squeezer;
  GtkWidget *no_pill;
  GtkWidget *problem;
  AdwActionRow *problem_row;
  GtkWidget *problem_next;
  GtkWidget *restart_practice;
  JmpMemoryMap *map;
  JmpFirmwareView *firmware;
  JmpWorkView *work;
  JmpBackupsView *backups;
  JmpMainBar *bar;

  JmpResultPage *result; /* NULL before the first one; the box owns it */

  /* What the map shows now */
  JmpDfuInfo *map_info;
  JmpBoard *map_board;
  JmpPlan *map_plan;
  JmpJob *map_job; /* of which the map has progress or outcome */
  JmpSessionState shown;
  guint squeezed; /* the state is about to find its place */
  gboolean stale; /* the page was not seen when something changed */
};

G_DEFINE_FINAL_TYPE (JmpBoardPage, jmp_board_page, GTK_TYPE_WIDGET)

/* --- The map --- */

/* Which board it is, and so what stands where, may be said later. */
static void
set_map_info (JmpBoardPage *self, JmpDfuInfo *info, JmpBoard *board)
{
  g_autoptr (GArray) names = NULL;

  if (info == self->map_info && board == self->map_board)
    return;
  names = jmp_regions_of_board (board);
  if (board != NULL)
    jmp_board_ref (board);
  g_clear_pointer (&self->map_board, jmp_board_unref);
  self->map_board = board;
  if (info == self->map_info) {
    jmp_memory_map_set_names (self->map, (const JmpMapName *)(const void *)names->data, names->len);
    return;
  }
  g_clear_pointer (&self->map_info, jmp_dfu_info_unref);
  g_clear_pointer (&self->map_plan, jmp_plan_unref);
  g_clear_object (&self->map_job);
  self->map_info = info != NULL ? jmp_dfu_info_ref (info) : NULL;
  jmp_memory_map_set_board (
      self->map, info, (const JmpMapName *)(const void *)names->data, names->len);
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
    set_map_info (self,
                  jmp_device_get_info (jmp_session_get_device (self->session)),
                  jmp_session_get_board (self->session));
  set_map_plan (self,
                jmp_session_is_plan_over (self->session) ? NULL
                                                         : jmp_session_get_plan (self->session),
                job);
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
  jmp_status_pill_set (self->low_pill, &status);
}

/* Where there is no room beside the name, the state stands below it. */
static gboolean
place_pill_cb (gpointer user_data)
{
  JmpBoardPage *self = user_data;
  const gboolean narrow = adw_squeezer_get_visible_child (self->squeezer) == self->no_pill;

  self->squeezed = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->low_pill), narrow);
  jmp_firmware_view_set_narrow (self->firmware, narrow);
  return G_SOURCE_REMOVE;
}

/* Sizes are being given out: what would change them has to wait. */
static void
squeezed_cb (JmpBoardPage *self)
{
  if (self->squeezed == 0)
    self->squeezed = g_idle_add_full (G_PRIORITY_HIGH_IDLE, place_pill_cb, self, NULL);
}

static void
progress_cb (JmpBoardPage *self)
{
  const JmpProgress progress = jmp_session_get_progress (self->session);

  self->stale |= !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->stale)
    return;
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

/* Whether a rule or a driver is missing, which the program can help with. */
static gboolean
has_help (const GError *problem)
{
  return jmp_words_platform.rule != NULL
         && g_error_matches (problem, JMP_ERROR, jmp_words_platform.rule_helps);
}

static const char *
problem_advice (const GError *problem)
{
  const JmpWordsRule *rule = jmp_words_platform.rule;

  if (problem == NULL)
    return "";
  if (has_help (problem) && rule->leads != NULL)
    return jmp_words_rule_leads (rule,
                                 rule->leads_to_commands == NULL || jmp_permission_can_install ());
  return jmp_words_error_advice (problem);
}

/* Then the row leads to its installation. */
static void
update_permission (JmpBoardPage *self, const GError *problem)
{
  const gboolean helps = has_help (problem);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->problem_row), helps);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->problem_row),
                                  helps ? "win.permission" : NULL);
  gtk_widget_set_visible (self->problem_next, helps);
}

/* The way into update mode: from here, or by hand, as it is done with this kind of board. */
static char *
say_way (JmpSession *session)
{
  JmpBoard *board = jmp_session_get_board (session);
  const JmpGuideWay *way = board != NULL ? jmp_guide_way_by_hand (board) : NULL;
  g_autofree char *steps = way != NULL ? jmp_guide_way_list_steps (way) : NULL;

  if (jmp_session_has_console (session))
    return g_strdup (_ ("To update it, restart it into update mode; no jumper is needed. The "
                        "program that runs there is stopped."));
  if (steps != NULL)
    /* Translators: %s are numbered lines with a step on each. */
    return g_strdup_printf (_ ("To update it, bring it into update mode:\n%s"), steps);
  return g_strdup (_ ("To update it, bring it into update mode by hand, with a jumper or with its "
                      "buttons. Once it is known which board it is, the steps stand here."));
}

static void
show_running (JmpBoardPage *self)
{
  g_autofree char *way = say_way (self->session);

  show_problem (self, "media-playback-start-symbolic", _ ("The Board Runs Its Program"), way);
}

/* Whether there is one. */
static gboolean
update_problem (JmpBoardPage *self)
{
  JmpDevice *device = jmp_session_get_device (self->session);
  const GError *problem = jmp_device_get_problem (device);

  update_permission (self, problem);
  switch (jmp_device_get_mode (device)) {
  case JMP_DEVICE_DFU:
    if (!jmp_session_was_interrupted (self->session))
      return FALSE;
    show_problem (self,
                  "dialog-warning-symbolic",
                  _ ("The Last Installation Was Not Finished"),
                  _ ("The board may not start until firmware is installed again. What is right "
                     "already is not written twice."));
    return TRUE;
  case JMP_DEVICE_RUNNING:
    show_running (self);
    return TRUE;
  case JMP_DEVICE_GONE:
    if (jmp_session_is_restarting (self->session)) {
      show_problem (self,
                    "content-loading-symbolic",
                    _ ("The Board Restarts"),
                    _ ("It comes back in update mode by itself, in a few seconds."));
      return TRUE;
    }
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
                  problem_advice (problem));
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
show_memory (JmpBoardPage *self)
{
  g_autofree char *memory = jmp_status_board (self->session);
  g_autofree char *text = g_strconcat (jmp_direction_mark (), memory, NULL);

  gtk_label_set_text (self->memory, text);
}

/* Many pages never have one: a board that is only looked at, and those that are updated together. */
static void
show_result (JmpBoardPage *self, gboolean finished)
{
  if (self->result == NULL && finished) {
    self->result = g_object_new (JMP_TYPE_RESULT_PAGE, NULL);
    gtk_box_insert_child_after (self->content, GTK_WIDGET (self->result), self->problem);
    jmp_text_layout_use (GTK_WIDGET (self->result));
    jmp_result_page_set_session (self->result, self->session);
  }
  if (self->result != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->result), finished);
}

static void
update (JmpBoardPage *self)
{
  JmpDevice *device = jmp_session_get_device (self->session);
  const JmpSessionState state = jmp_session_get_state (self->session);
  const gboolean working = jmp_session_is_working (self->session);
  const gboolean waiting = state == JMP_SESSION_WAITING;
  const gboolean finished = jmp_session_is_finished (self->session);
  const gboolean problem = update_problem (self);
  const gboolean was_working = self->shown == JMP_SESSION_WORKING
                               || self->shown == JMP_SESSION_WAITING
                               || self->shown == JMP_SESSION_STOPPING;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  jmp_session_get_title (self->session),
                                  -1);
  gtk_label_set_text (self->name, jmp_session_get_title (self->session));
  show_memory (self);
  update_state (self);
  update_map (self);
  gtk_widget_set_visible (self->problem, problem && !working && !finished);
  gtk_widget_set_visible (self->restart_practice,
                          jmp_device_is_practice (device)
                              && !jmp_session_has_console (self->session));
  gtk_widget_set_visible (self->identity, !finished);
  show_result (self, finished);
  gtk_widget_set_visible (GTK_WIDGET (self->map), has_map (self->map_info));
  gtk_widget_set_visible (GTK_WIDGET (self->firmware), !working && !finished);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), !working && !finished);
  gtk_widget_set_visible (GTK_WIDGET (self->work), working);
  gtk_widget_set_visible (GTK_WIDGET (self->backups), !working && !finished);
  if (working && (!was_working || (waiting && self->shown != state)))
    place_work (self, waiting);
  if (state != self->shown && (working || finished))
    move_focus (self, finished);
  self->shown = state;
}

/* Eight boards at work would each draw a map that nobody sees: a page that is not shown is brought up to
 * date when it is. */
static void
changed_cb (JmpBoardPage *self)
{
  self->stale |= !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (!self->stale)
    update (self);
}

static void
jmp_board_page_map (GtkWidget *widget)
{
  JmpBoardPage *self = JMP_BOARD_PAGE (widget);

  GTK_WIDGET_CLASS (jmp_board_page_parent_class)->map (widget);
  if (!self->stale)
    return;
  self->stale = FALSE;
  update (self);
  if (jmp_session_is_working (self->session))
    progress_cb (self);
}

static void
jmp_board_page_dispose (GObject *object)
{
  JmpBoardPage *self = JMP_BOARD_PAGE (object);

  g_clear_handle_id (&self->squeezed, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->backup_model);
  g_clear_object (&self->map_job);
  g_clear_pointer (&self->map_plan, jmp_plan_unref);
  g_clear_pointer (&self->map_info, jmp_dfu_info_unref);
  g_clear_pointer (&self->map_board, jmp_board_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_BOARD_PAGE);
  G_OBJECT_CLASS (jmp_board_page_parent_class)->dispose (object);
}

static void
jmp_board_page_class_init (JmpBoardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_board_page_dispose;
  widget_class->map = jmp_board_page_map;
  g_type_ensure (JMP_TYPE_BACKUPS_VIEW);
  g_type_ensure (JMP_TYPE_FIRMWARE_VIEW);
  g_type_ensure (JMP_TYPE_MAIN_BAR);
  g_type_ensure (JMP_TYPE_MEMORY_MAP);
  g_type_ensure (JMP_TYPE_NAME_BUTTON);
  g_type_ensure (JMP_TYPE_STATUS_PILL);
  g_type_ensure (JMP_TYPE_WORK_VIEW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("board/board-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, content);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, identity);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, name);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, name_button);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, memory);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, pill);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, low_pill);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, squeezer);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, no_pill);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, problem);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, problem_row);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, problem_next);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, restart_practice);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, map);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, firmware);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, work);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, backups);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPage, bar);
  gtk_widget_class_bind_template_callback (widget_class, squeezed_cb);
}

/* All but the state beside the name, which has to give way to what the name and the text below it need. */
static void
settle_widths (JmpBoardPage *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->content)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (child != self->identity)
      jmp_text_layout_use (child);
  }
  jmp_text_layout_use (gtk_widget_get_parent (GTK_WIDGET (self->name)));
}

static void
jmp_board_page_init (JmpBoardPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_tidy (GTK_WIDGET (self));
  settle_widths (self);
}

/* --- Backups --- */

static void
restore_cb (JmpBoardPage *self, JmpBackup *backup)
{
  jmp_session_backups_restore (self->session, self->backup_model, backup);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
set_backups (JmpBoardPage *self)
{
  g_autoptr (JmpBackupStore) store = jmp_backup_store_new (NULL);

  jmp_session_set_store (self->session, store, jmp_settings_get_boolean (JMP_SETTING_BACKUP_FIRST));
  self->backup_model = jmp_session_backups_new (self->session, store);
  jmp_backups_view_set_model (self->backups, self->backup_model);
  g_signal_connect_object (
      self->backups, "restore", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
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
  jmp_name_button_set_session (self->name_button, session);
  jmp_firmware_view_set_session (self->firmware, session);
  jmp_main_bar_set_session (self->bar, session);
  jmp_work_view_set_session (self->work, session);
  set_backups (self);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
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

/**
 * jmp_board_page_back_up:
 * @self: a page
 *
 * Makes a backup of the board, where that can be done now.
 */
void
jmp_board_page_back_up (JmpBoardPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->backups), "backups.keep", NULL);
}
