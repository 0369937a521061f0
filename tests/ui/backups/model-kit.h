/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A practice board with a store of its own. */

#pragma once

#include "backups/backup-model.h"
#include "device/practice.h"

typedef struct {
  char *folder;
  JmpBackupStore *store;
  JmpVirtualBoard *board;
  JmpDevice *device;
  JmpBackupModel *model;
  guint kept;
  GError *problem;
  JmpBackupChore chore;
} ModelKit;

int model_kit_set_up (void **state);
int model_kit_tear_down (void **state);
void model_kit_wait (ModelKit *kit, gboolean (*condition) (ModelKit *kit));

gboolean model_kit_is_idle (ModelKit *kit);
gboolean model_kit_is_listed (ModelKit *kit);
/* Until the list has @n rows that were all looked at, and nothing is done with the board. */
void model_kit_wait_for (ModelKit *kit, guint n);
JmpBackupItem *model_kit_item (ModelKit *kit, guint position);
void model_kit_back_up (ModelKit *kit);
/* Changes a byte of a file in the store. */
void model_kit_spoil (JmpBackup *backup);
