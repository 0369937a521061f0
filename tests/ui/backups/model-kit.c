/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "model-kit.h"

#include <glib/gstdio.h>

#define LIMIT_SECONDS 60

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    remove_all (inner);
  }
  g_remove (path);
}

static void
kept_cb (ModelKit *kit, JmpBackup *backup)
{
  assert_non_null (backup);
  kit->kept++;
}

static void
problem_cb (ModelKit *kit, int chore, const GError *error)
{
  g_clear_error (&kit->problem);
  kit->problem = g_error_copy (error);
  kit->chore = (JmpBackupChore)chore;
}

int
model_kit_set_up (void **state)
{
  ModelKit *kit = g_new0 (ModelKit, 1);
  g_autoptr (GError) error = NULL;

  kit->folder = g_dir_make_tmp ("jumper-backups-XXXXXX", NULL);
  kit->store = jmp_backup_store_new (kit->folder);
  kit->board = jmp_virtual_board_new ("pyboard,speed=0", &error);
  assert_no_error (error);
  kit->device = jmp_practice_device_new (kit->board, &error);
  assert_no_error (error);
  kit->model = jmp_backup_model_new (kit->store, kit->device, NULL);
  g_signal_connect_swapped (kit->model, "kept", G_CALLBACK (kept_cb), kit);
  g_signal_connect_swapped (kit->model, "problem", G_CALLBACK (problem_cb), kit);
  jmp_backup_model_refresh (kit->model);
  model_kit_wait (kit, model_kit_is_listed);
  *state = kit;
  return 0;
}

static gboolean
is_gone (ModelKit *kit)
{
  return kit->model == NULL;
}

int
model_kit_tear_down (void **state)
{
  ModelKit *kit = *state;

  g_object_add_weak_pointer (G_OBJECT (kit->model), (gpointer *)&kit->model);
  g_object_unref (kit->model);
  model_kit_wait (kit, is_gone);
  g_object_unref (kit->device);
  jmp_virtual_board_unref (kit->board);
  jmp_backup_store_unref (kit->store);
  g_clear_error (&kit->problem);
  remove_all (kit->folder);
  g_free (kit->folder);
  g_free (kit);
  return 0;
}

static gboolean
late_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* The limit is far beyond what anything takes. */
void
model_kit_wait (ModelKit *kit, gboolean (*condition) (ModelKit *kit))
{
  gboolean late = FALSE;
  const guint limit = g_timeout_add_seconds (LIMIT_SECONDS, late_cb, &late);

  while (!condition (kit) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
  if (late)
    fail_msg ("what was waited for did not happen in %d s", LIMIT_SECONDS);
}

gboolean
model_kit_is_idle (ModelKit *kit)
{
  return jmp_backup_model_get_work (kit->model) == JMP_BACKUP_CHORE_NONE;
}

gboolean
model_kit_is_listed (ModelKit *kit)
{
  return jmp_backup_model_is_listed (kit->model);
}

JmpBackupItem *
model_kit_item (ModelKit *kit, guint position)
{
  g_autoptr (JmpBackupItem) item = g_list_model_get_item (G_LIST_MODEL (kit->model), position);

  assert_non_null (item);
  return item;
}

static guint wanted;

static gboolean
has_wanted (ModelKit *kit)
{
  if (!model_kit_is_idle (kit) || g_list_model_get_n_items (G_LIST_MODEL (kit->model)) != wanted)
    return FALSE;
  for (guint i = 0; i < wanted; i++) {
    if (jmp_backup_item_get_state (model_kit_item (kit, i)) == JMP_BACKUP_UNCHECKED)
      return FALSE;
  }
  return TRUE;
}

void
model_kit_wait_for (ModelKit *kit, guint n)
{
  wanted = n;
  model_kit_wait (kit, has_wanted);
}

void
model_kit_back_up (ModelKit *kit)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (kit->model));

  jmp_backup_model_keep (kit->model);
  assert_false (model_kit_is_idle (kit));
  model_kit_wait_for (kit, n + 1);
}

void
model_kit_spoil (JmpBackup *backup)
{
  g_autofree char *path = g_build_filename (backup->folder, "backup.dfu", NULL);
  g_autofree char *data = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &data, &size, NULL));
  data[size / 2] ^= 1;
  assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
}
