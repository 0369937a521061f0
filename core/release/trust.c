/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/trust.h"

#include "base/error.h"
#include "release/record-private.h"

#include <glib/gstdio.h>
#include <string.h>

struct _JmpMemory {
  char *folder;
};

/**
 * jmp_memory_new:
 * @folder: (nullable): where it is; %NULL for the user's state folder (XDG_STATE_HOME/jumper/seen)
 *
 * Opens the memory of what came from where. The folder is made when something is noted.
 *
 * Returns: (transfer full): the memory
 */
JmpMemory *
jmp_memory_new (const char *folder)
{
  JmpMemory *self = g_new0 (JmpMemory, 1);

  self->folder = folder != NULL
                     ? g_strdup (folder)
                     : g_build_filename (g_get_user_state_dir (), "jumper", "seen", NULL);
  return self;
}

/**
 * jmp_memory_free:
 * @self: a memory
 *
 * Closes it; what is in it stays.
 */
void
jmp_memory_free (JmpMemory *self)
{
  g_free (self->folder);
  g_free (self);
}

/**
 * jmp_memory_note:
 * @self: a memory
 * @url: an address
 * @bytes: what came from there and passed every check
 * @error: return location for a #GError
 *
 * Notes what came from an address, to be compared with what comes later. The day of the first time
 * stays while the content does.
 *
 * Errors: %JMP_ERROR_FILE.
 *
 * Returns: %TRUE when it is noted for good
 */
gboolean
jmp_memory_note (JmpMemory *self, const char *url, GBytes *bytes, GError **error)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_auto (JmpRecord) before = { 0 };
  const JmpRecord record = {
    .sha256 = hash,
    .size = g_bytes_get_size (bytes),
    .date = g_get_real_time () / G_USEC_PER_SEC,
  };

  if (jmp_record_load (self->folder, url, &before) == JMP_RECORD_PRESENT
      && g_str_equal (before.sha256, hash))
    return TRUE;
  return jmp_record_save (self->folder, url, &record, error);
}

/**
 * jmp_memory_find:
 * @self: a memory
 * @url: an address
 * @sha256: (out) (transfer full): hash of what came from there, as 64 hexadecimal digits in lower case
 * @date: (out): when it first came, in seconds since 1970
 *
 * Looks up what came from an address, to show it to a person.
 *
 * Returns: whether anything is remembered; @sha256 and @date are set only then
 */
gboolean
jmp_memory_find (JmpMemory *self, const char *url, char **sha256, gint64 *date)
{
  g_auto (JmpRecord) seen = { 0 };

  if (jmp_record_load (self->folder, url, &seen) != JMP_RECORD_PRESENT)
    return FALSE;
  *sha256 = g_steal_pointer (&seen.sha256);
  *date = seen.date;
  return TRUE;
}

/**
 * jmp_memory_forget:
 * @self: a memory
 * @url: an address
 *
 * Forgets what came from an address: when a person has looked into a change and accepts it.
 */
void
jmp_memory_forget (JmpMemory *self, const char *url)
{
  g_autofree char *path = jmp_record_path (self->folder, url);

  g_unlink (path);
}

/**
 * jmp_trust_is_local:
 * @url: where a release is
 *
 * Returns: whether that is a file of this computer, or of the program itself
 */
gboolean
jmp_trust_is_local (const char *url)
{
  return g_ascii_strncasecmp (url, "file:", strlen ("file:")) == 0
         || g_ascii_strncasecmp (url, "resource:", strlen ("resource:")) == 0;
}

/**
 * jmp_trust_to_string:
 * @trust: what is known
 *
 * Returns: a word for programs: "pinned", "published", "seen", "unpublished" or "local"
 */
const char *
jmp_trust_to_string (JmpTrust trust)
{
  switch (trust) {
  case JMP_TRUST_PINNED:
    return "pinned";
  case JMP_TRUST_PUBLISHED:
    return "published";
  case JMP_TRUST_SEEN:
    return "seen";
  case JMP_TRUST_UNPUBLISHED:
    return "unpublished";
  case JMP_TRUST_LOCAL:
    return "local";
  }
  return "unpublished";
}

static gboolean
check_target (const JmpImageTarget *target, const JmpDfuInfo *board, GError **error)
{
  const JmpDfuAlt *alt = jmp_dfu_info_find_alt (board, target->alt);
  guint32 where = 0;
  guint i;

  if (alt == NULL) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_DOES_NOT_FIT,
                 "the file is for alt setting %u, which the board does not have",
                 target->alt);
    return FALSE;
  }
  for (i = 0; alt->layout != NULL && i < target->n_segments; i++) {
    const JmpSegment *segment = &target->segments[i];
    gsize size = g_bytes_get_size (segment->bytes);

    if (jmp_layout_allows (alt->layout, segment->address, size, JMP_ACCESS_WRITE, &where))
      continue;
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_DOES_NOT_FIT,
                 "the file fills 0x%08X to 0x%08" G_GINT64_MODIFIER
                 "X, but the board has nothing to write at 0x%08X in %s",
                 segment->address,
                 (guint64)segment->address + size - 1,
                 where,
                 alt->name);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_board (JmpImage *image, const JmpDfuInfo *board, GError **error)
{
  guint i;

  if (!jmp_image_is_for (image, board->vid, board->pid)) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_MISMATCH,
                 "the file is for boards with %04x:%04x, this board has %04x:%04x",
                 jmp_image_get_vid (image),
                 jmp_image_get_pid (image),
                 board->vid,
                 board->pid);
    return FALSE;
  }
  for (i = 0; i < jmp_image_get_n_targets (image); i++) {
    if (!check_target (jmp_image_get_target (image, i), board, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * jmp_trust_check_file:
 * @release: what the file is said to be
 * @bytes: the file
 * @options: (nullable): how to read it; a damaged file is refused in any case
 * @board: (nullable): the board that it is for, in DFU mode
 * @error: return location for a #GError
 *
 * Judges a file by itself and against a board: length, format, CRC, ids, address ranges (UM0391).
 *
 * Errors: %JMP_ERROR_DAMAGED_FILE (length, CRC), %JMP_ERROR_INVALID_FILE, %JMP_ERROR_MISMATCH (ids),
 * %JMP_ERROR_DOES_NOT_FIT (ranges), %JMP_ERROR_USAGE (raw bytes without an address).
 *
 * Returns: (transfer full): the firmware
 */
JmpImage *
jmp_trust_check_file (const JmpRelease *release,
                      GBytes *bytes,
                      const JmpReadOptions *options,
                      const JmpDfuInfo *board,
                      GError **error)
{
  JmpReadOptions strict = { 0 };
  g_autoptr (JmpImage) image = NULL;

  if (options != NULL)
    strict = *options;
  strict.accept_damaged = FALSE;
  if (release->size != 0 && release->size != g_bytes_get_size (bytes)) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_DAMAGED_FILE,
                 "%s: expected %" G_GUINT64_FORMAT " bytes, got %" G_GSIZE_FORMAT,
                 release->file_name,
                 release->size,
                 g_bytes_get_size (bytes));
    return NULL;
  }
  image = jmp_image_read (bytes, &strict, error);
  if (image == NULL || (board != NULL && !check_board (image, board, error))) {
    g_prefix_error (error, "%s: ", release->file_name);
    return NULL;
  }
  return g_steal_pointer (&image);
}

/**
 * jmp_trust_check_hash:
 * @release: what is known about the file; its hash, if there is one
 * @bytes: the file
 * @memory: what came from there before
 * @out: (out): what can be said
 * @error: return location for a #GError
 *
 * Compares a file's hash with the one that is published; where none is, with the memory. A file that
 * has changed since, without a published hash that says so, is an alarm.
 *
 * Errors: %JMP_ERROR_DAMAGED_FILE (not what was published), %JMP_ERROR_CHANGED (not what came from
 * there before); both say what was expected and what came.
 *
 * Returns: %FALSE when the file must not be used
 */
gboolean
jmp_trust_check_hash (
    const JmpRelease *release, GBytes *bytes, JmpMemory *memory, JmpTrust *out, GError **error)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_auto (JmpRecord) seen = { 0 };

  if (release->sha256 != NULL && release->hash_source != JMP_HASH_NONE) {
    *out = release->hash_source == JMP_HASH_PINNED ? JMP_TRUST_PINNED : JMP_TRUST_PUBLISHED;
    if (g_ascii_strcasecmp (release->sha256, hash) == 0)
      return TRUE;
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_DAMAGED_FILE,
                 "%s: not the file that was published: expected SHA-256 %s, got %s",
                 release->file_name,
                 release->sha256,
                 hash);
    return FALSE;
  }
  *out = jmp_trust_is_local (release->url) ? JMP_TRUST_LOCAL : JMP_TRUST_UNPUBLISHED;
  if (*out == JMP_TRUST_LOCAL
      || jmp_record_load (memory->folder, release->url, &seen) != JMP_RECORD_PRESENT)
    return TRUE;
  *out = JMP_TRUST_SEEN;
  if (g_str_equal (seen.sha256, hash))
    return TRUE;
  g_set_error (
      error,
      JMP_ERROR,
      JMP_ERROR_CHANGED,
      "%s: the file has changed since it first came to this computer: expected SHA-256 %s, "
      "got %s",
      release->file_name,
      seen.sha256,
      hash);
  return FALSE;
}
