/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A window with virtual boards that stands still to be painted into PNG files.
 *
 * Every picture is checked: it has the size that was asked for, and something is on it. Main thread. */

#pragma once

#include "widget-kit.h"
#include "window/window-private.h"

G_BEGIN_DECLS

/* The program's own words, by which its buttons are found in every language. */
#define T(text) g_dgettext (GETTEXT_PACKAGE, text)

typedef struct {
  const char *folder;
  const char
      *only; /* the beginning of the names of the pictures that are wanted, or NULL for all */
  int width; /* of the window, and the most that other windows may have */
  int height;
  gboolean whole; /* also paint what is reached by scrolling */
} StudioOptions;

typedef struct {
  JmpMonitor *monitor;
  GPtrArray *kits; /* KitBoard */
  JmpWindow *window;
  GtkWidget *widget; /* the same */
} Studio;

void studio_open (const StudioOptions *options);
guint studio_close (void);
GtkApplication *studio_get_app (void);
JmpLibrary *studio_get_library (void);
JmpKnownBoards *studio_get_known (void);
gboolean studio_wants (const char *name);

Studio *studio_new (const GError *usb_problem);
void studio_free (Studio *self);
KitBoard *studio_plug (Studio *self, const char *port, const char *spec);
void studio_is_pyboard (Studio *self);
GFile *studio_firmware (const char *name, const char *version);
void studio_fill (KitBoard *kit, const char *version);
void studio_open_firmware (Studio *self, JmpSessionState state);
void studio_act (Studio *self, const char *action);
GtkWidget *studio_find (GtkWidget *root, GType type, guint skip);

void studio_calm (void);
void studio_present (GtkWidget *window);
void studio_take (const char *name, GtkWidget *window);
void studio_show_and_take (const char *name, GtkWidget *window);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Studio, studio_free)

/* scenes-*.c */
typedef struct {
  const char *name; /* all its pictures' names begin with it */
  void (*paint) (void);
} Scene;

extern const Scene BEGIN_SCENES[];
extern const Scene BOARD_SCENES[];
extern const Scene WORK_SCENES[];
extern const Scene FLEET_SCENES[];
extern const Scene OTHER_SCENES[];

G_END_DECLS
