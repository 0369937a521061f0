/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A server, an empty computer, and a release that is on the server. */

#pragma once

#include "assert-text.h"
#include "base/error.h"
#include "release-kit.h"
#include "test-server.h"

#define WORLD_FILE "PYBV11-20260824-v1.29.0.dfu"
#define WORLD_PATH "/resources/firmware/" WORLD_FILE

typedef struct {
  TestServer *server;
  char *folder;
  char *url;
  JmpDownloader *downloader;
  JmpCache *cache;
  JmpMemory *memory;
  JmpFetcher *fetcher;
  JmpRelease release;
} World;

/* A path in the world's folder. */
char *world_path (const World *world, const char *name);
/* Fills in all that is not there yet. */
void world_open (World *world);
void world_clear (World *world);
guint world_n_requests (World *world);
/* Replaces the date in every record of the cache. */
void world_set_dates (const World *world, const char *date);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)
