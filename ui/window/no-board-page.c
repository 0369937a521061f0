/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "window/no-board-page.h"

#include "draw/resource.h"
#include "draw/text-layout.h"
#include "draw/wrap-box.h"
#include "guide/board-picker.h"
#include "guide/checklist.h"
#include "guide/guide-view.h"
#include "window/names.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define GUIDE     "guide"
#define BOARDS    "boards"
#define CHECKLIST "checklist"

struct _JmpNoBoardPage {
  GtkWidget parent;

  GListModel *boards; /* owned */

  /* Template widgets */
  GtkScrolledWindow *scroller;
  GtkWidget *usb_problem;
  AdwActionRow *usb_problem_row;
  GtkWidget *file;
  AdwActionRow *file_row;
  GtkStack *pages;
  JmpGuideView *guide;
  JmpBoardPicker *picker;
  JmpChecklist *checklist;
  GtkWidget *back;
  GtkWidget *late;
  GtkWidget *other;
  GtkWidget *practice;

  gboolean has_usb;
  gboolean is_late; /* help was offered, and stays */
};

G_DEFINE_FINAL_TYPE (JmpNoBoardPage, jmp_no_board_page, GTK_TYPE_WIDGET)

enum {
  ARRIVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* --- Which part is shown --- */

static gboolean
shows (JmpNoBoardPage *self, const char *part)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), part) == 0;
}

static void
update_buttons (JmpNoBoardPage *self)
{
  const gboolean guide = shows (self, GUIDE);

  gtk_widget_set_visible (self->back, !guide);
  gtk_widget_set_visible (self->late, guide && self->is_late && self->has_usb);
  gtk_widget_set_visible (self->other, !shows (self, BOARDS));
}

static void
show_part (JmpNoBoardPage *self, const char *part)
{
  gtk_stack_set_visible_child_name (self->pages, part);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  update_buttons (self);
  gtk_widget_grab_focus (gtk_stack_get_visible_child (self->pages));
}

static void
choose_board_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_part (JMP_NO_BOARD_PAGE (widget), BOARDS);
}

/* Where nothing is known of the board, it may have anything. */
static void
show_checklist_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpNoBoardPage *self = JMP_NO_BOARD_PAGE (widget);
  JmpBoard *board = jmp_guide_view_get_board (self->guide);
  const JmpGuideWay *way = jmp_guide_view_get_way (self->guide);

  jmp_checklist_set (
      self->checklist, way, board != NULL ? board->has_stlink : way != jmp_guide_way_get_usual ());
  show_part (self, CHECKLIST);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_part (JMP_NO_BOARD_PAGE (widget), GUIDE);
}

static void
late_cb (JmpNoBoardPage *self)
{
  self->is_late = TRUE;
  update_buttons (self);
}

static void
way_changed_cb (JmpNoBoardPage *self)
{
  self->is_late = FALSE;
  update_buttons (self);
}

static void
arrived_cb (JmpNoBoardPage *self, JmpDevice *device)
{
  g_signal_emit (self, signals[ARRIVED], 0, device);
}

static void
chosen_cb (JmpNoBoardPage *self, JmpBoard *board)
{
  self->is_late = FALSE;
  jmp_guide_view_set_board (self->guide, board, board != NULL);
  show_part (self, GUIDE);
}

static void
cancelled_cb (JmpNoBoardPage *self)
{
  show_part (self, GUIDE);
}

/* --- The object --- */

static gboolean
jmp_no_board_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (gtk_stack_get_visible_child (JMP_NO_BOARD_PAGE (widget)->pages));
}

static void
jmp_no_board_page_dispose (GObject *object)
{
  JmpNoBoardPage *self = JMP_NO_BOARD_PAGE (object);

  g_clear_object (&self->boards);
  gtk_widget_dispose_template (GTK_WIDGET (object), JMP_TYPE_NO_BOARD_PAGE);
  G_OBJECT_CLASS (jmp_no_board_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JMP_RESOURCE ("window/no-board-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, usb_problem);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, usb_problem_row);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, file);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, file_row);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, pages);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, guide);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, picker);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, checklist);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, back);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, late);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, other);
  gtk_widget_class_bind_template_child (widget_class, JmpNoBoardPage, practice);
  gtk_widget_class_bind_template_callback (widget_class, late_cb);
  gtk_widget_class_bind_template_callback (widget_class, way_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, arrived_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancelled_cb);
}

static void
jmp_no_board_page_class_init (JmpNoBoardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_no_board_page_dispose;
  widget_class->grab_focus = jmp_no_board_page_grab_focus;
  signals[ARRIVED] = g_signal_new ("arrived",
                                   JMP_TYPE_NO_BOARD_PAGE,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   JMP_TYPE_DEVICE);
  g_type_ensure (JMP_TYPE_GUIDE_VIEW);
  g_type_ensure (JMP_TYPE_BOARD_PICKER);
  g_type_ensure (JMP_TYPE_CHECKLIST);
  g_type_ensure (JMP_TYPE_WRAP_BOX);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "guide.choose-board", NULL, choose_board_action);
  gtk_widget_class_install_action (
      widget_class, "guide.show-checklist", NULL, show_checklist_action);
  gtk_widget_class_install_action (widget_class, "guide.back", NULL, back_action);
}

static void
jmp_no_board_page_init (JmpNoBoardPage *self)
{
  self->has_usb = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_tidy (GTK_WIDGET (self));
  jmp_text_layout_use (GTK_WIDGET (self));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Connect a Board"), -1);
}

/**
 * jmp_no_board_page_new:
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
jmp_no_board_page_new (void)
{
  return g_object_new (JMP_TYPE_NO_BOARD_PAGE, NULL);
}

static void
update_watch (JmpNoBoardPage *self)
{
  jmp_guide_view_set_boards (self->guide, self->has_usb ? self->boards : NULL);
  update_buttons (self);
}

/**
 * jmp_no_board_page_set_boards:
 * @self: a page
 * @boards: (transfer none): the list of #JmpDevice
 *
 * Says what the steps follow.
 */
void
jmp_no_board_page_set_boards (JmpNoBoardPage *self, GListModel *boards)
{
  g_set_object (&self->boards, boards);
  update_watch (self);
}

/**
 * jmp_no_board_page_set_usb_problem:
 * @self: a page
 * @problem: (nullable): why no board on USB can be seen
 *
 * Says why waiting is in vain, instead of waiting.
 */
void
jmp_no_board_page_set_usb_problem (JmpNoBoardPage *self, const GError *problem)
{
  self->has_usb = problem == NULL;
  gtk_widget_set_visible (self->usb_problem, problem != NULL);
  if (problem != NULL) {
    g_autofree char *details = g_utf8_make_valid (problem->message, -1);
    g_autofree char *text = g_strdup_printf (_ ("Practice boards work without it. Details: %s"),
                                             details);

    adw_action_row_set_subtitle (self->usb_problem_row, text);
  }
  update_watch (self);
}

/**
 * jmp_no_board_page_set_file:
 * @self: a page
 * @file: (nullable): a firmware file that waits for a board
 *
 * Shows that the file is not forgotten.
 */
void
jmp_no_board_page_set_file (JmpNoBoardPage *self, GFile *file)
{
  g_autofree char *base = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : NULL;

  gtk_widget_set_visible (self->file, name != NULL);
  if (name != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), name);
}

/**
 * jmp_no_board_page_begin:
 * @self: a page
 *
 * Begins with the first step, as for somebody who has come to the page now.
 */
void
jmp_no_board_page_begin (JmpNoBoardPage *self)
{
  self->is_late = FALSE;
  gtk_stack_set_visible_child_name (self->pages, GUIDE);
  jmp_guide_view_begin (self->guide);
  update_buttons (self);
}

/**
 * jmp_no_board_page_go_back:
 * @self: a page
 *
 * Goes back to the steps.
 *
 * Returns: whether something else was shown
 */
gboolean
jmp_no_board_page_go_back (JmpNoBoardPage *self)
{
  if (shows (self, GUIDE))
    return FALSE;
  show_part (self, GUIDE);
  return TRUE;
}
