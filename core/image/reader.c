/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/reader.h"

#include "base/error.h"
#include "image/archive.h"
#include "image/dfu-suffix.h"
#include "image/dfuse-file.h"
#include "image/elf.h"
#include "image/intel-hex.h"
#include "image/raw.h"
#include "image/srecord.h"
#include "image/uf2.h"

#include <string.h>

/* How much of a file is looked at to say what else it is. */
#define LOOK_AT 512

/* @never_raw: flashing it as it is cannot be what the person wants, whatever address they give. */
typedef struct {
  const char *what;
  gboolean never_raw;
} Likeness;

typedef struct {
  const char *magic;
  gsize size;
  Likeness likeness;
} Magic;

static const Magic magics[] = {
  { "\xFD"
    "7zXZ",
    5,
    { "an xz archive: unpack it first", FALSE } },
  { "\037\213", 2, { "a gzip archive inside another", FALSE } },
  { "PK\003\004", 4, { "a ZIP archive inside another", FALSE } },
};

static gboolean
is_html (const char *text, gsize size)
{
  g_autofree char *start = g_strndup (text, size);
  const char *at = start;

  if (g_str_has_prefix (at, "\xEF\xBB\xBF"))
    at += 3;
  while (g_ascii_isspace (*at))
    at++;
  return g_ascii_strncasecmp (at, "<!doctype html", 14) == 0
         || g_ascii_strncasecmp (at, "<html", 5) == 0;
}

static gboolean
is_text (const char *text, gsize size)
{
  for (gsize i = 0; i < size; i++) {
    guchar c = (guchar)text[i];

    if (c == 0x7F || (c < 0x20 && !g_ascii_isspace ((char)c)))
      return FALSE;
  }
  /* A character may be cut in two where the look ends. */
  for (gsize cut = 0; cut < 4 && cut < size; cut++)
    if (g_utf8_validate (text, (gssize)(size - cut), NULL))
      return TRUE;
  return FALSE;
}

/* What the file looks like, or a likeness without a name for bytes that look like nothing. */
static Likeness
look (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize seen = MIN (size, LOOK_AT);

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (size >= magics[i].size && memcmp (data, magics[i].magic, magics[i].size) == 0)
      return magics[i].likeness;
  if (is_html (data, seen))
    return (Likeness){ "a web page", TRUE };
  if (is_text (data, seen))
    return (Likeness){ "text", FALSE };
  return (Likeness){ NULL, FALSE };
}

static JmpImage *
read_other (GBytes *bytes, const JmpReadOptions *options, GError **error)
{
  Likeness likeness = look (bytes);

  if (likeness.what != NULL && (likeness.never_raw || !options->has_address)) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "not a firmware file: it looks like %s",
                 likeness.what);
    return NULL;
  }
  return jmp_raw_parse (bytes, options, error);
}

static gboolean
dfu_file_probe (GBytes *bytes)
{
  JmpDfuSuffix suffix;

  return jmp_dfu_suffix_find (bytes, &suffix);
}

typedef struct {
  JmpImageFormat format;
  gboolean (*probe) (GBytes *bytes);
  JmpImage *(*parse) (GBytes *bytes, const JmpReadOptions *options, GError **error);
} Format;

/* The formats by their first bytes, and then, of what is left, by their last. */
static const Format formats[] = {
  { JMP_IMAGE_DFUSE, jmp_dfuse_file_probe, jmp_dfuse_file_parse },
  { JMP_IMAGE_ELF, jmp_elf_probe, jmp_elf_parse },
  { JMP_IMAGE_UF2, jmp_uf2_probe, jmp_uf2_parse },
  { JMP_IMAGE_INTEL_HEX, jmp_intel_hex_probe, jmp_intel_hex_parse },
  { JMP_IMAGE_SRECORD, jmp_srecord_probe, jmp_srecord_parse },
  { JMP_IMAGE_DFU, dfu_file_probe, jmp_dfu_file_parse },
};

static const Format *
find_format (GBytes *bytes)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i].probe (bytes))
      return &formats[i];
  return NULL;
}

/**
 * jmp_image_detect:
 * @bytes: a file
 * @format: (out): its format
 *
 * Finds out by content which format a file has; archives are not looked into.
 *
 * Returns: %FALSE when it has none of them, and could at most be raw bytes
 */
gboolean
jmp_image_detect (GBytes *bytes, JmpImageFormat *format)
{
  const Format *found = find_format (bytes);

  if (found != NULL)
    *format = found->format;
  return found != NULL;
}

/* What is in an archive, %NULL with no error when @bytes are none. */
static GBytes *
unpack (GBytes *bytes, GError **error)
{
  if (jmp_gzip_probe (bytes))
    return jmp_gzip_unpack (bytes, error);
  if (jmp_zip_probe (bytes))
    return jmp_zip_unpack (bytes, error);
  return NULL;
}

static gboolean
check_file_size (GBytes *bytes, GError **error)
{
  gsize size = g_bytes_get_size (bytes);

  if (size > 0 && size <= JMP_IMAGE_MAX_FILE)
    return TRUE;
  if (size == 0)
    g_set_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "not a firmware file: it is empty");
  else
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "%zu bytes are more than the limit of %u",
                 size,
                 JMP_IMAGE_MAX_FILE);
  return FALSE;
}

static JmpImage *
read_plain (GBytes *bytes, const JmpReadOptions *options, GError **error)
{
  const Format *format;

  if (!check_file_size (bytes, error))
    return NULL;
  format = find_format (bytes);
  return format != NULL ? format->parse (bytes, options, error)
                        : read_other (bytes, options, error);
}

/**
 * jmp_image_read:
 * @bytes: a file
 * @options: (nullable): what the person said about it, or %NULL for nothing
 * @error: return location
 *
 * Finds out by content what a file is, and reads it: DfuSe, ELF, UF2, Intel HEX and S-record by their
 * first bytes, DFU 1.0 and 1.1 by their suffix, everything else as raw bytes when an address is given.
 * A gzip file, or a ZIP archive with one firmware, is unpacked first; not one inside another. What is
 * plainly something else (a web page…) is never taken as raw bytes.
 *
 * Returns: (transfer full): an image, or %NULL with an error as in reader.h
 */
JmpImage *
jmp_image_read (GBytes *bytes, const JmpReadOptions *options, GError **error)
{
  static const JmpReadOptions none = { 0 };
  g_autoptr (GBytes) unpacked = NULL;
  GError *problem = NULL;

  if (options == NULL)
    options = &none;
  if (!check_file_size (bytes, error))
    return NULL;
  unpacked = unpack (bytes, &problem);
  if (problem != NULL) {
    g_propagate_error (error, problem);
    return NULL;
  }
  return read_plain (unpacked != NULL ? unpacked : bytes, options, error);
}

/* A system's error becomes ours; cancelling stays what it is. */
static void
take_file_error (GError **error, GError *cause)
{
  if (jmp_error_is_cancelled (cause)) {
    g_propagate_error (error, cause);
    return;
  }
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_FILE,
               "%s",
               g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? "there is no such file"
                                                                         : cause->message);
  g_error_free (cause);
}

/* Opening a FIFO or a device could block for ever, so the kind of file is looked at before. */
static gboolean
check_kind (GFile *file, goffset *size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info = NULL;
  GError *cause = NULL;
  GFileType type;

  info = g_file_query_info (file,
                            G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE,
                            cancellable,
                            &cause);
  if (info == NULL) {
    take_file_error (error, cause);
    return FALSE;
  }
  type = g_file_info_get_file_type (info);
  if (type != G_FILE_TYPE_REGULAR) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_FILE,
                 "%s",
                 type == G_FILE_TYPE_DIRECTORY ? "it is a folder" : "it is not a regular file");
    return FALSE;
  }
  *size = g_file_info_get_size (info);
  if (*size > JMP_IMAGE_MAX_FILE) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "%" G_GOFFSET_FORMAT " bytes are more than the limit of %u",
                 *size,
                 JMP_IMAGE_MAX_FILE);
    return FALSE;
  }
  return TRUE;
}

/* Reads one byte more than expected, to see when the file grew meanwhile. */
static GBytes *
load (GFile *file, gsize size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree guint8 *data = g_malloc (size + 1);
  gsize got = 0;
  GError *cause = NULL;

  stream = g_file_read (file, cancellable, &cause);
  if (stream == NULL
      || !g_input_stream_read_all (
          G_INPUT_STREAM (stream), data, size + 1, &got, cancellable, &cause)) {
    take_file_error (error, cause);
    return NULL;
  }
  if (got != size) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "it changed while it was read");
    return NULL;
  }
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

/**
 * jmp_image_load_file:
 * @file: a regular file of at most %JMP_IMAGE_MAX_FILE bytes
 * @cancellable: (nullable): to stop reading
 * @error: return location
 *
 * Loads a file's bytes, whatever they are. Messages begin with the file's name.
 *
 * Returns: (transfer full): the bytes, or %NULL with %JMP_ERROR_FILE, %JMP_ERROR_INVALID_FILE (too
 *   large), or %G_IO_ERROR_CANCELLED
 */
GBytes *
jmp_image_load_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  GBytes *bytes = NULL;
  goffset size;

  if (check_kind (file, &size, cancellable, error))
    bytes = load (file, (gsize)size, cancellable, error);
  if (bytes == NULL)
    g_prefix_error (error, "%s: ", name);
  return bytes;
}

/**
 * jmp_image_read_file:
 * @file: a regular file of at most %JMP_IMAGE_MAX_FILE bytes
 * @options: (nullable): what the person said about it, or %NULL for nothing
 * @cancellable: (nullable): to stop reading
 * @error: return location
 *
 * Reads a file as jmp_image_read() does its bytes. Messages begin with the file's name.
 *
 * Returns: (transfer full): an image, or %NULL with an error as in reader.h, or
 *   %G_IO_ERROR_CANCELLED
 */
JmpImage *
jmp_image_read_file (GFile *file,
                     const JmpReadOptions *options,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GBytes) bytes = jmp_image_load_file (file, cancellable, error);
  JmpImage *image;

  if (bytes == NULL)
    return NULL;
  image = jmp_image_read (bytes, options, error);
  if (image == NULL) {
    g_autofree char *name = g_file_get_parse_name (file);

    g_prefix_error (error, "%s: ", name);
  }
  return image;
}
