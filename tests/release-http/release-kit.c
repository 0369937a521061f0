/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "release-kit.h"

#include "image/dfuse-file.h"

#include <glib/gstdio.h>

char *
kit_folder (void)
{
  return g_dir_make_tmp ("jumper-release-XXXXXX", NULL);
}

void
kit_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      kit_remove (path);
    else
      g_unlink (path);
  }
  g_rmdir (folder);
}

GBytes *
kit_firmware (gsize size, guint seed)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint8 *data = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JmpImage) image = NULL;
  gsize i;

  for (i = 0; i < size; i++)
    data[i] = (guint8)g_rand_int_range (rand, 0, 256);
  bytes = g_bytes_new_take (data, size);
  jmp_image_builder_set_ids (builder, 0x0483, 0xDF11, 0x0000);
  if (!jmp_image_builder_add (builder, 0, 0x08020000, bytes, NULL))
    return NULL;
  image = jmp_image_builder_end (g_steal_pointer (&builder), NULL);
  return image != NULL ? jmp_dfuse_file_write (image, NULL) : NULL;
}

JmpDfuInfo *
kit_board (guint16 pid, const char *map)
{
  JmpDfuInfo *board = g_new0 (JmpDfuInfo, 1);
  JmpDfuAlt *alt = g_new0 (JmpDfuAlt, 1);

  board->vid = 0x0483;
  board->pid = pid;
  board->alts = g_ptr_array_new ();
  alt->name = g_strdup ("Internal Flash");
  alt->layout = jmp_layout_parse (map, NULL);
  g_ptr_array_add (board->alts, alt);
  return board;
}

void
kit_board_free (JmpDfuInfo *board)
{
  JmpDfuAlt *alt = g_ptr_array_index (board->alts, 0);

  g_free (alt->name);
  jmp_layout_unref (alt->layout);
  g_free (alt);
  g_ptr_array_unref (board->alts);
  g_free (board);
}

JmpDownloadSettings
kit_settings (const char *ca_file)
{
  JmpDownloadSettings settings = JMP_DOWNLOAD_DEFAULTS;

  settings.ca_file = ca_file;
  settings.stall_s = 1;
  settings.attempts = 3;
  settings.first_pause_ms = 1;
  settings.longest_pause_ms = 1000;
  return settings;
}

void
kit_forget_proxies (void)
{
  static const char *const names[] = { "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                       "ALL_PROXY",  "no_proxy",    "NO_PROXY" };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
}

static gboolean
openssl (const char *folder, const char *command)
{
  g_auto (GStrv) words = g_strsplit (command, " ", -1);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                        | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)words, NULL);
  return process != NULL && g_subprocess_wait_check (process, NULL, NULL);
}

static gboolean
make_authority (const char *folder, const char *name)
{
  g_autofree char *command = g_strdup_printf (
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=Test-%s "
      "-days 2 -keyout %s.key -out %s.pem",
      name,
      name,
      name);

  return openssl (folder, command);
}

static gboolean
make_server (const char *folder, const char *name, const char *subject, int days)
{
  g_autofree char *extensions = g_strdup_printf ("subjectAltName=%s\n", subject);
  g_autofree char *file = g_build_filename (folder, "extensions", NULL);
  g_autofree char *ask = g_strdup_printf ("openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 "
                                          "-nodes -subj /CN=test -keyout %s.key "
                                          "-out request",
                                          name);
  g_autofree char *sign = g_strdup_printf (
      "openssl x509 -req -in request -CA ca.pem -CAkey ca.key -CAcreateserial -days %d -extfile "
      "extensions -out %s.pem",
      days,
      name);

  return g_file_set_contents (file, extensions, -1, NULL) && openssl (folder, ask)
         && openssl (folder, sign);
}

gboolean
kit_certificates (const char *folder)
{
  return make_authority (folder, "ca") && make_authority (folder, "other")
         && make_server (folder, "good", "IP:127.0.0.1,DNS:localhost", 2)
         && make_server (folder, "host", "DNS:elsewhere.invalid", 2)
         && make_server (folder, "expired", "IP:127.0.0.1", -1);
}
