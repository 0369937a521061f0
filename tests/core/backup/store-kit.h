/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A store in a folder of its own, and the backups that tests put into it. */

#pragma once

#include "backup/store.h"

#define KIT_IDENTITY "serial:3254335D3037"
/* 2026-11-21 12:00:00 UTC */
#define KIT_DATE 1795262400

typedef struct {
  char *folder;
  JmpBackupStore *store;
} StoreKit;

int store_kit_set_up (void **state);
int store_kit_tear_down (void **state);

/* "ALT ADDRESS LENGTH; …" with bytes of their own. */
JmpImage *store_kit_image (const char *text);
JmpBackupLabel store_kit_label (gint64 date);
/* Adds one and checks that it worked. */
JmpBackup *store_kit_add (StoreKit *kit, const char *image, gint64 date);
/* One line for each backup: date, size, reason, problem. */
char *store_kit_list (StoreKit *kit, const char *identity);
/* Every file and folder below the store, sorted, with "#" for the names that are made. */
char *store_kit_tree (StoreKit *kit);
/* The path of a file of a backup. */
char *store_kit_path (JmpBackup *backup, const char *name);
