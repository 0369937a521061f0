/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of the window share: window.c has the boards, window-actions.c what can be done
 * with them, window-close.c how work is stopped and the window left. */

#pragma once

#include "board-page.h"
#include "no-board-page.h"
#include "session.h"
#include "window.h"

G_BEGIN_DECLS

struct _JmpWindow {
  AdwApplicationWindow parent;

  /* Owned references */
  JmpMonitor *monitor;
  GHashTable *sessions; /* JmpDevice -> JmpSession */
  GHashTable *pages;    /* JmpSession -> JmpBoardPage, which the stack owns */
  GHashTable *held;     /* the sessions whose boards keep their rows when they are unplugged */
  GFile *waiting_file;  /* to be opened when there is a board that can take it */
  GtkFileChooserNative *chooser;

  /* Borrowed references */
  JmpSession *current; /* whose page is shown; NULL without a board */
  GtkWindow *dialog;   /* a question that is open */
  JmpSession *asked;   /* the session that it asks about, or NULL for all */

  /* Template widgets */
  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  GtkWidget *board_pane;
  GtkListBox *list;
  GMenu *practice_section;
  GtkWidget *usb_notice;
  GtkStack *pages_stack;
  JmpNoBoardPage *no_board;

  gboolean connecting; /* the person asked how to connect one more board */
  gboolean closing;    /* as soon as the work has stopped */
  guint inhibit_cookie;
};

/* window.c */
void jmp_window_show_page (JmpWindow *self, JmpSession *session);
void jmp_window_toast (JmpWindow *self, const char *text);
guint jmp_window_count_working (JmpWindow *self, JmpSession **one);

/* window-actions.c */
void jmp_window_install_actions (GtkWidgetClass *widget_class);
void jmp_window_update_actions (JmpWindow *self);

/* window-close.c */
gboolean jmp_window_close_request (GtkWindow *window);
void jmp_window_ask_to_stop (JmpWindow *self);
void jmp_window_update_question (JmpWindow *self);
void jmp_window_update_inhibit (JmpWindow *self);
void jmp_window_notify_finished (JmpWindow *self, JmpSession *session);
void jmp_window_withdraw_notifications (JmpWindow *self);

G_END_DECLS
