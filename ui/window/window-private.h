/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of the window share: window.c has the boards, window-actions.c what can be done
 * with them, window-begin.c how it begins, window-close.c how work is stopped and the window left. */

#pragma once

#include "board/board-page.h"
#include "fleet/fleet-page.h"
#include "session/session.h"
#include "window/no-board-page.h"
#include "window/window.h"

G_BEGIN_DECLS

struct _JmpWindow {
  AdwApplicationWindow parent;

  /* Owned references */
  JmpMonitor *monitor;
  JmpLibrary *library; /* NULL until it is open */
  JmpKnownBoards *known;
  GError *usb_problem;
  GHashTable *sessions; /* JmpDevice -> JmpSession */
  GHashTable *pages;    /* JmpSession -> JmpBoardPage, which the stack owns */
  GHashTable *held;     /* the sessions whose boards keep their rows when they are unplugged */
  GFile *waiting_file;  /* to be opened when there is a board that can take it */
  GtkFileChooserNative *chooser;
  JmpFleet *fleet; /* several boards that are updated together */

  /* Borrowed references */
  JmpSession *current;      /* whose page is shown; NULL without a board */
  JmpNoBoardPage *no_board; /* NULL until it is wanted; the stack owns it */
  GtkWidget *fleet_page;    /* NULL until it is wanted; the stack owns it */
  GtkWindow *dialog;        /* a question that is open */
  JmpSession *asked;        /* the session that it asks about, or NULL for all */

  /* Template widgets */
  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  GtkWidget *board_pane;
  GtkListBox *list;
  GtkWidget *no_boards;
  GtkMenuButton *add_button;
  GMenuModel *add_menu;
  GMenu *practice_section;
  GtkMenuButton *main_button;
  GMenuModel *main_menu;
  GtkWidget *usb_notice;
  GtkStack *pages_stack;
  GtkToggleButton *select_several;
  GtkWidget *update_all_box;
  GtkButton *update_all;

  gboolean several;    /* the list takes several boards */
  gboolean settling;   /* what is selected in the list is about to be something else */
  gint64 taskbar_time; /* when the task bar was last told of progress */
  gboolean connecting; /* the person asked how to connect one more board */
  gboolean closing;    /* as soon as the work has stopped */
  gboolean filled;     /* the list has the boards, and goes on to */
  gboolean drawn;      /* once */
  guint first_frame;   /* after which the first page is made, and then the menus */
  guint first_look;    /* how long that may take */
  guint inhibit_cookie;
};

/* window.c */
void jmp_window_show_page (JmpWindow *self, JmpSession *session);
void jmp_window_toast (JmpWindow *self, const char *text);
guint jmp_window_count_working (JmpWindow *self, JmpSession **one);
void jmp_window_update_holds (JmpWindow *self);
void jmp_window_drawn (JmpWindow *self);

/* window-begin.c */
void jmp_window_begin (JmpWindow *self);

/* window-actions.c */
void jmp_window_install_actions (GtkWidgetClass *widget_class);
void jmp_window_update_actions (JmpWindow *self);

/* window-fleet.c */
void jmp_window_fleet_install (GtkWidgetClass *widget_class);
void jmp_window_fleet_init (JmpWindow *self);
void jmp_window_fleet_follow (JmpWindow *self);
gboolean jmp_window_is_choosing (JmpWindow *self);
gboolean jmp_window_shows_fleet (JmpWindow *self);
void jmp_window_fleet_put_away (JmpWindow *self);
gboolean jmp_window_fleet_open (JmpWindow *self, GFile *file);
gboolean jmp_window_fleet_start (JmpWindow *self);
gboolean jmp_window_fleet_stop (JmpWindow *self);
gboolean jmp_window_fleet_done (JmpWindow *self);
gboolean jmp_window_fleet_escape (JmpWindow *self);
gboolean jmp_window_fleet_copy_report (JmpWindow *self);
gboolean jmp_window_fleet_update_actions (JmpWindow *self);

/* window-close.c */
gboolean jmp_window_close_request (GtkWindow *window);
void jmp_window_ask_to_stop (JmpWindow *self);
void jmp_window_update_question (JmpWindow *self);
void jmp_window_update_inhibit (JmpWindow *self);
void jmp_window_notify_finished (JmpWindow *self, JmpSession *session);
void jmp_window_notify_all_finished (JmpWindow *self);
void jmp_window_update_taskbar (JmpWindow *self);
void jmp_window_withdraw_notifications (JmpWindow *self);

G_END_DECLS
