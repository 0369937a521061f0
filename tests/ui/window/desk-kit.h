/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The program's window with one virtual board beside it, for the tests of the window. */

#pragma once

#include "widget-kit.h"
#include "window/window-private.h"

typedef struct {
  JmpMonitor *monitor;
  KitBoard *kit;
  JmpWindow *window;
  GtkWidget *widget; /* the same */
} Desk;

/* For the group of tests: the application and its folder. */
int desk_set_up (void **state);
int desk_tear_down (void **state);

Desk *desk_new (const GError *usb_problem);
void desk_free (Desk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)
/* For kit_wait(): whether the pointer that @user_data points to is NULL. */
gboolean desk_is_gone (gpointer user_data);

void desk_plug (Desk *self);
void desk_open_file (Desk *self, const KitFirmware *firmware, JmpSessionState state);
void desk_act (Desk *self, const char *action);
void desk_finish (Desk *self, JmpSessionState state);
/* What must be true of every page. */
void desk_assert_good_page (Desk *self);
