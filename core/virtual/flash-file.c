/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The memory of a board between two runs: alt setting 0 as raw bytes in FILE, any other in FILE.altN
 * once it was changed. */

#include "virtual/board-private.h"

#include "base/error.h"

#include <gio/gio.h>
#include <string.h>

static char *
path_of (const char *path, guint alt)
{
  return alt == 0 ? g_strdup (path) : g_strdup_printf ("%s.alt%u", path, alt);
}

static gboolean
load_alt (JmpVirtualMemory *memory, guint alt, const char *path, GError **error)
{
  g_autofree char *name = path_of (path, alt);
  g_autofree char *contents = NULL;
  g_autoptr (GError) local = NULL;
  gsize length = 0;
  gsize size;
  guint8 *bytes = jmp_virtual_memory_raw (memory, alt, &size);

  if (!g_file_get_contents (name, &contents, &length, &local)) {
    if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
      return TRUE;
    g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "a board's memory: %s", local->message);
    return FALSE;
  }
  if (length != size) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "%s: %" G_GSIZE_FORMAT " bytes, where the board's memory has %" G_GSIZE_FORMAT,
                 name,
                 length,
                 size);
    return FALSE;
  }
  memcpy (bytes, contents, size);
  return TRUE;
}

/* Takes over what the files hold; a file that does not exist leaves that memory as it is. */
gboolean
jmp_virtual_flash_file_load (JmpVirtualMemory *memory, const char *path, GError **error)
{
  for (guint alt = 0; alt < jmp_virtual_memory_n_alts (memory); alt++) {
    if (!jmp_virtual_memory_is_view (memory, alt) && !load_alt (memory, alt, path, error))
      return FALSE;
  }
  return TRUE;
}

/* Writes what was changed, each file as a whole and durably, or not at all. */
gboolean
jmp_virtual_flash_file_save (JmpVirtualMemory *memory, const char *path, GError **error)
{
  for (guint alt = 0; alt < jmp_virtual_memory_n_alts (memory); alt++) {
    g_autofree char *name = path_of (path, alt);
    g_autoptr (GError) local = NULL;
    gsize size;
    const guint8 *bytes = jmp_virtual_memory_raw (memory, alt, &size);

    if (jmp_virtual_memory_is_view (memory, alt) || !jmp_virtual_memory_is_changed (memory, alt))
      continue;
    if (!g_file_set_contents_full (name,
                                   (const char *)bytes,
                                   (gssize)size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0666,
                                   &local)) {
      g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "a board's memory: %s", local->message);
      return FALSE;
    }
    jmp_virtual_memory_set_changed (memory, alt, FALSE);
  }
  return TRUE;
}
