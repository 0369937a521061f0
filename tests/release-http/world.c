/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "world.h"

char *
world_path (const World *world, const char *name)
{
  return g_build_filename (world->folder, name, NULL);
}

void
world_open (World *world)
{
  const JmpDownloadSettings settings = kit_settings (NULL);
  g_autofree char *cache = NULL;
  g_autofree char *seen = NULL;

  if (world->folder == NULL)
    world->folder = kit_folder ();
  cache = world_path (world, "cache");
  seen = world_path (world, "seen");
  world->server = test_server_new (NULL, NULL);
  world->url = test_server_url (world->server, WORLD_PATH);
  world->downloader = jmp_downloader_new (&settings);
  world->cache = jmp_cache_new (cache, 0);
  world->memory = jmp_memory_new (seen);
  world->fetcher = jmp_fetcher_new (world->downloader, world->cache, world->memory);
  world->release = (JmpRelease){ .file_name = (char *)WORLD_FILE, .url = world->url };
}

void
world_clear (World *world)
{
  g_clear_pointer (&world->fetcher, jmp_fetcher_free);
  g_clear_pointer (&world->downloader, jmp_downloader_free);
  g_clear_pointer (&world->cache, jmp_cache_free);
  g_clear_pointer (&world->memory, jmp_memory_free);
  g_clear_pointer (&world->server, test_server_free);
  g_clear_pointer (&world->url, g_free);
  kit_remove (world->folder);
  g_clear_pointer (&world->folder, g_free);
}

guint
world_n_requests (World *world)
{
  return jmp_downloader_get_n_requests (world->downloader);
}

void
world_set_dates (const World *world, const char *date)
{
  g_autofree char *folder = g_build_filename (world->folder, "cache", "records", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GRegex) regex = g_regex_new ("\"date\" : \\d+", 0, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *text = NULL;
    g_autofree char *changed = NULL;
    g_autofree char *value = g_strdup_printf ("\"date\" : %s", date);

    assert_true (g_file_get_contents (path, &text, NULL, NULL));
    changed = g_regex_replace_literal (regex, text, -1, 0, value, 0, NULL);
    assert_string_not_equal (changed, text);
    assert_true (g_file_set_contents (path, changed, -1, NULL));
  }
}
