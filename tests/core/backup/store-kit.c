/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "store-kit.h"

#include <glib/gstdio.h>
#include <string.h>

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL
                                                                    : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    remove_all (inner);
  }
  g_remove (path);
}

int
store_kit_set_up (void **state)
{
  StoreKit *kit = g_new0 (StoreKit, 1);
  g_autofree char *folder = NULL;

  kit->folder = g_dir_make_tmp ("jumper-store-XXXXXX", NULL);
  folder = g_build_filename (kit->folder, "backups", NULL);
  kit->store = jmp_backup_store_new (folder);
  *state = kit;
  return kit->folder != NULL ? 0 : -1;
}

int
store_kit_tear_down (void **state)
{
  StoreKit *kit = *state;

  remove_all (kit->folder);
  g_free (kit->folder);
  jmp_backup_store_unref (kit->store);
  g_free (kit);
  return 0;
}

JmpImage *
store_kit_image (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "; ", -1);
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (GError) error = NULL;
  JmpImage *image;

  jmp_image_builder_set_ids (builder, 0x0483, 0xdf11, 0x2200);
  for (guint i = 0; parts[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (parts[i], " ", -1);
    const guint8 alt = (guint8)g_ascii_strtoull (words[0], NULL, 0);
    const guint64 address = g_ascii_strtoull (words[1], NULL, 0);
    const gsize length = (gsize)g_ascii_strtoull (words[2], NULL, 0);
    guint8 *data = g_malloc (length);
    g_autoptr (GBytes) bytes = NULL;

    for (gsize at = 0; at < length; at++)
      data[at] = (guint8)((address + at) * 13 + (at >> 8));
    bytes = g_bytes_new_take (data, length);
    jmp_image_builder_add (builder, alt, address, bytes, &error);
    assert_no_error (error);
    jmp_image_builder_name_target (builder, alt, alt == 0 ? "Internal Flash" : "Other");
  }
  image = jmp_image_builder_end (g_steal_pointer (&builder), &error);
  assert_no_error (error);
  return image;
}

JmpBackupLabel
store_kit_label (gint64 date)
{
  return (JmpBackupLabel){
    .identity = KIT_IDENTITY,
    .board_name = "pyboard v1.1",
    .board_id = "pyboard-v1.1",
    .version = "v1.29.0",
    .machine = "PYBv1.1 with STM32F405RG",
    .reason = JMP_BACKUP_FIRST_FLASH,
    .date = date,
  };
}

JmpBackup *
store_kit_add (StoreKit *kit, const char *text, gint64 date)
{
  g_autoptr (JmpImage) image = store_kit_image (text);
  const JmpBackupLabel label = store_kit_label (date);
  g_autoptr (GError) error = NULL;
  JmpBackup *backup = jmp_backup_store_add (kit->store, &label, image, NULL, &error);

  assert_no_error (error);
  assert_non_null (backup);
  return backup;
}

char *
store_kit_list (StoreKit *kit, const char *identity)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = jmp_backup_store_list (kit->store, identity, NULL, &error);
  GString *text = g_string_new (NULL);

  assert_no_error (error);
  for (guint i = 0; i < all->len; i++) {
    const JmpBackup *backup = g_ptr_array_index (all, i);

    if (backup->problem != NULL)
      g_string_append_printf (text, "damaged: %s\n", backup->problem);
    else
      g_string_append_printf (text,
                              "%+" G_GINT64_FORMAT " s, %" G_GUINT64_FORMAT " bytes, %s\n",
                              backup->date - KIT_DATE,
                              backup->size,
                              jmp_backup_reason_to_string (backup->reason));
  }
  return g_string_free (text, FALSE);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
collect (GPtrArray *paths, const char *folder, const char *shown)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    const char *word = g_ascii_isdigit (*name) ? "#" : name;
    char *inner = *shown != '\0' ? g_strconcat (shown, "/", word, NULL) : g_strdup (word);

    g_ptr_array_add (paths, inner);
    collect (paths, path, inner);
  }
}

char *
store_kit_tree (StoreKit *kit)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *root = g_build_filename (kit->folder, "backups", NULL);
  GString *text = g_string_new (NULL);

  collect (paths, root, "");
  g_ptr_array_sort (paths, compare_paths);
  for (guint i = 0; i < paths->len; i++)
    g_string_append_printf (text, "%s\n", (const char *)g_ptr_array_index (paths, i));
  return g_string_free (text, FALSE);
}

char *
store_kit_path (JmpBackup *backup, const char *name)
{
  return g_build_filename (backup->folder, name, NULL);
}
