/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/bytes.h"
#include "base/error.h"
#include "image/archive.h"
#include "image/image-private.h"
#include "image/inflate-private.h"

#include <string.h>
#include <zlib.h>

/* Sizes, offsets and marks of PKWARE's APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16. */
#define LOCAL_SIZE      30
#define LOCAL_MARK      0x04034B50
#define ENTRY_SIZE      46
#define ENTRY_MARK      0x02014B50
#define END_SIZE        22
#define END_MARK        0x06054B50
#define MAX_COMMENT     0xFFFF
#define FLAG_ENCRYPTED  0x0001
#define METHOD_STORED   0
#define METHOD_DEFLATED 8
#define MAX_ENTRIES     10000
#define MAX_LISTED      8

/* A row of the directory. */
typedef struct {
  guint16 flags;
  guint16 method;
  guint32 crc;
  guint32 packed;
  guint32 size;
  guint32 offset;
  char *name;
} Entry;

/* @found: the one firmware so far; @names: of all that look like one. */
typedef struct {
  const guint8 *data;
  gsize size;
  Entry found;
  GPtrArray *names;
} Walk;

static void
walk_clear (Walk *self)
{
  g_free (self->found.name);
  g_ptr_array_unref (self->names);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

/* Inside an archive a name is all that tells raw firmware from a read-me. */
static const char *const endings[] = { ".dfu", ".hex",  ".ihex", ".ihx", ".elf", ".axf", ".uf2",
                                       ".bin", ".srec", ".s19",  ".s28", ".s37", ".mot" };

G_GNUC_PRINTF (3, 4)
static gboolean
fail (GError **error, JmpError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (JMP_ERROR, (int)code, format, args);
  va_end (args);
  return FALSE;
}

/**
 * jmp_zip_probe:
 * @bytes: a file
 *
 * Returns: whether it begins as a ZIP archive does
 */
gboolean
jmp_zip_probe (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return size >= 4 && (jmp_get_u32 (data) == LOCAL_MARK || jmp_get_u32 (data) == END_MARK);
}

/* The end record is the last thing in the file, but for a comment of its own. */
static const guint8 *
find_end (const Walk *walk)
{
  gsize most = MIN (walk->size, END_SIZE + MAX_COMMENT);

  for (gsize back = END_SIZE; back <= most; back++) {
    const guint8 *at = walk->data + walk->size - back;

    if (jmp_get_u32 (at) == END_MARK && jmp_get_u16 (at + 20) == back - END_SIZE)
      return at;
  }
  return NULL;
}

static gboolean
is_firmware (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (g_str_has_prefix (lower, "__macosx/"))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

/* Nothing is written to a folder; but an archive that tries this is not one to trust. */
static gboolean
is_evil_path (const char *name)
{
  g_autofree char *slashes = g_strdelimit (g_strdup (name), "\\", '/');
  g_auto (GStrv) parts = g_strsplit (slashes, "/", -1);

  return slashes[0] == '/' || (g_ascii_isalpha (slashes[0]) && slashes[1] == ':')
         || g_strv_contains ((const char *const *)parts, "..");
}

static gboolean
read_entry (Walk *walk, JmpReader *reader, guint index, GError **error)
{
  const guint8 *at;
  const guint8 *name;
  g_autofree char *shown = NULL;

  if (!jmp_reader_bytes (reader, ENTRY_SIZE, &at) || jmp_get_u32 (at) != ENTRY_MARK
      || !jmp_reader_bytes (reader, jmp_get_u16 (at + 28), &name)
      || !jmp_reader_skip (reader, (gsize)jmp_get_u16 (at + 30) + jmp_get_u16 (at + 32)))
    return fail (error, JMP_ERROR_DAMAGED_FILE, "entry %u of the archive is cut short", index);
  shown = jmp_make_printable ((const char *)name, (gssize)jmp_get_u16 (at + 28));
  if (is_evil_path (shown))
    return fail (
        error, JMP_ERROR_INVALID_FILE, "the archive has a file outside of its folder: %s", shown);
  if (!is_firmware (shown))
    return TRUE;
  if (walk->names->len == 0)
    walk->found = (Entry){ .flags = jmp_get_u16 (at + 8),
                           .method = jmp_get_u16 (at + 10),
                           .crc = jmp_get_u32 (at + 16),
                           .packed = jmp_get_u32 (at + 20),
                           .size = jmp_get_u32 (at + 24),
                           .offset = jmp_get_u32 (at + 42),
                           .name = g_strdup (shown) };
  g_ptr_array_add (walk->names, g_steal_pointer (&shown));
  return TRUE;
}

static gboolean
read_directory (Walk *walk, GError **error)
{
  const guint8 *end = find_end (walk);
  JmpReader reader;
  guint count;
  guint32 size;
  guint32 offset;

  if (end == NULL)
    return fail (error, JMP_ERROR_DAMAGED_FILE, "cut short: the archive's directory is missing");
  count = jmp_get_u16 (end + 10);
  size = jmp_get_u32 (end + 12);
  offset = jmp_get_u32 (end + 16);
  if (jmp_get_u16 (end + 4) != 0 || jmp_get_u16 (end + 8) != count || count > MAX_ENTRIES)
    return fail (error, JMP_ERROR_INVALID_FILE, "an archive in several parts, or too large");
  if (offset > walk->size || size > walk->size - offset)
    return fail (error, JMP_ERROR_DAMAGED_FILE, "the archive's directory is not in the file");
  jmp_reader_init (&reader, walk->data + offset, size);
  for (guint i = 0; i < count; i++)
    if (!read_entry (walk, &reader, i, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_found (Walk *walk, GError **error)
{
  if (walk->names->len == 0)
    return fail (error, JMP_ERROR_INVALID_FILE, "an archive with no firmware in it");
  if (walk->names->len > 1) {
    guint n = walk->names->len;
    g_autofree char *list = NULL;

    if (n > MAX_LISTED)
      g_ptr_array_set_size (walk->names, MAX_LISTED);
    g_ptr_array_add (walk->names, NULL);
    list = g_strjoinv (", ", (char **)walk->names->pdata);
    return fail (error,
                 JMP_ERROR_USAGE,
                 "an archive with %u firmware files, unpack it and name one: %s%s",
                 n,
                 list,
                 n > MAX_LISTED ? "…" : "");
  }
  if ((walk->found.flags & FLAG_ENCRYPTED) != 0)
    return fail (error, JMP_ERROR_INVALID_FILE, "%s is encrypted", walk->found.name);
  if (walk->found.method != METHOD_STORED && walk->found.method != METHOD_DEFLATED)
    return fail (error,
                 JMP_ERROR_INVALID_FILE,
                 "%s is packed by method %u, which is not known",
                 walk->found.name,
                 walk->found.method);
  if (walk->found.size > JMP_IMAGE_MAX_FILE)
    return fail (error,
                 JMP_ERROR_INVALID_FILE,
                 "%s unpacked would have %u bytes, more than the limit of %u",
                 walk->found.name,
                 walk->found.size,
                 JMP_IMAGE_MAX_FILE);
  return TRUE;
}

/* Where the entry's bytes are: behind a second header, whose lengths may differ from the first's. */
static const guint8 *
find_data (const Walk *walk, GError **error)
{
  const Entry *entry = &walk->found;
  JmpReader reader;
  const guint8 *local;
  const guint8 *data;

  jmp_reader_init (&reader, walk->data, walk->size);
  if (jmp_reader_skip (&reader, entry->offset) && jmp_reader_bytes (&reader, LOCAL_SIZE, &local)
      && jmp_get_u32 (local) == LOCAL_MARK
      && jmp_reader_skip (&reader, (gsize)jmp_get_u16 (local + 26) + jmp_get_u16 (local + 28))
      && jmp_reader_bytes (&reader, entry->packed, &data))
    return data;
  fail (error, JMP_ERROR_DAMAGED_FILE, "%s is not where the archive says", entry->name);
  return NULL;
}

static GBytes *
unpack_found (Walk *walk, GError **error)
{
  const Entry *entry = &walk->found;
  const guint8 *data = find_data (walk, error);
  g_autoptr (GBytes) out = NULL;
  gsize used = entry->packed;
  gsize size;

  if (data == NULL)
    return NULL;
  if (entry->method == METHOD_STORED)
    out = g_bytes_new (data, entry->packed);
  else
    out = jmp_inflate (data, entry->packed, JMP_INFLATE_RAW, entry->size, &used, error);
  if (out == NULL) {
    g_prefix_error (error, "%s: ", entry->name);
    return NULL;
  }
  data = g_bytes_get_data (out, &size);
  if (used != entry->packed || size != entry->size || crc32_z (0, data, size) != entry->crc) {
    fail (error,
          JMP_ERROR_DAMAGED_FILE,
          "%s: its size or check sum is not what the archive says",
          entry->name);
    return NULL;
  }
  return g_steal_pointer (&out);
}

/**
 * jmp_zip_unpack:
 * @bytes: a ZIP archive
 * @error: return location
 *
 * Unpacks the one file of a ZIP archive that is named as firmware is; read-mes and the like beside it
 * are passed over (PKWARE, APPNOTE.TXT). Names count here because raw bytes have nothing else.
 *
 * Returns: (transfer full): the firmware file, or %NULL with %JMP_ERROR_USAGE (several),
 *   %JMP_ERROR_DAMAGED_FILE, or %JMP_ERROR_INVALID_FILE: none, encrypted, an unknown method, a path
 *   that leads out, or larger than %JMP_IMAGE_MAX_FILE
 */
GBytes *
jmp_zip_unpack (GBytes *bytes, GError **error)
{
  g_auto (Walk) walk = { .names = g_ptr_array_new_with_free_func (g_free) };

  walk.data = g_bytes_get_data (bytes, &walk.size);
  if (!read_directory (&walk, error) || !check_found (&walk, error))
    return NULL;
  return unpack_found (&walk, error);
}
