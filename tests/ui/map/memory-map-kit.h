/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A map on the screen, for the tests of its widgets. */

#pragma once

#include "map-kit.h"
#include "map/map-cell.h"
#include "map/memory-map.h"

/* Called for a widget and everything in it, in order. */
typedef void (*KitVisit) (GtkWidget *widget, gpointer user_data);

void kit_walk (GtkWidget *widget, KitVisit visit, gpointer user_data);
GPtrArray *kit_find_all (GtkWidget *root, GType type);
JmpMapCell *kit_nth_cell (JmpMemoryMap *map, guint n);
gboolean kit_shows_text (GtkWidget *root, const char *text);
void kit_settle (void);

/* A map in a window that is on the screen. */
typedef struct {
  JmpDfuInfo *info;
  GtkWidget *window;
  JmpMemoryMap *map;
} MapFixture;

MapFixture map_fixture_new (const char *const *layouts);
void map_fixture_clear (MapFixture *f);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MapFixture, map_fixture_clear)

/* Activates an action where the focus is. */
void kit_press (MapFixture *f, const char *action);
void kit_assert_focus (MapFixture *f, guint cell);

/* Of the pyboard. */
extern const JmpMapName kit_names[2];
