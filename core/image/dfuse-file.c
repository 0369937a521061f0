/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/dfuse-file.h"

#include "base/bytes.h"
#include "base/error.h"
#include "image/reader-private.h"

#include <string.h>

/* Sizes and offsets of UM0391, "DFU file format". */
#define SIGNATURE           "DfuSe"
#define SIGNATURE_SIZE      5
#define PREFIX_SIZE         11
#define TARGET_SIGNATURE    "Target"
#define TARGET_PREFIX_SIZE  274
#define TARGET_NAME_SIZE    255
#define ELEMENT_PREFIX_SIZE 8
#define FORMAT_VERSION      1
#define DFU_VERSION         0x011A

/* @reader ends where the suffix begins; @whole is the file; @cut: the suffix is missing. */
typedef struct {
  JmpReader reader;
  GBytes *whole;
  gboolean cut;
  gboolean accept_damaged;
  JmpImageBuilder *builder;
} Walk;

/**
 * jmp_dfuse_file_probe:
 * @bytes: a file
 *
 * Returns: whether it begins as a DfuSe file does
 */
gboolean
jmp_dfuse_file_probe (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return size >= SIGNATURE_SIZE && memcmp (data, SIGNATURE, SIGNATURE_SIZE) == 0;
}

/* A file without its suffix was cut short; one with it contradicts itself. */
static gboolean
fail_overrun (Walk *walk, const char *what, guint64 wanted, GError **error)
{
  g_set_error (error,
               JMP_ERROR,
               walk->cut ? JMP_ERROR_DAMAGED_FILE : JMP_ERROR_INVALID_FILE,
               "%s at offset %zu needs %" G_GUINT64_FORMAT " bytes, and %zu are left",
               what,
               walk->reader.pos,
               wanted,
               jmp_reader_left (&walk->reader));
  return FALSE;
}

static gboolean
read_element (Walk *walk, guint8 alt, GError **error)
{
  gsize start = walk->reader.pos;
  const guint8 *prefix;
  g_autoptr (GBytes) bytes = NULL;
  guint32 address;
  guint32 size;

  if (!jmp_reader_bytes (&walk->reader, ELEMENT_PREFIX_SIZE, &prefix))
    return fail_overrun (walk, "the element", ELEMENT_PREFIX_SIZE, error);
  address = jmp_get_u32 (prefix);
  size = jmp_get_u32 (prefix + 4);
  bytes = g_bytes_new_from_bytes (
      walk->whole, walk->reader.pos, MIN (size, jmp_reader_left (&walk->reader)));
  if (!jmp_reader_skip (&walk->reader, size))
    return fail_overrun (walk, "the element's data", size, error);
  if (!jmp_image_builder_add (walk->builder, alt, address, bytes, error)) {
    g_prefix_error (error, "the element at offset %zu: ", start);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_elements (Walk *walk, guint8 alt, guint32 count, GError **error)
{
  if (count > JMP_IMAGE_MAX_SEGMENTS) {
    g_set_error (error,
                 JMP_ERROR,
                 walk->cut ? JMP_ERROR_DAMAGED_FILE : JMP_ERROR_INVALID_FILE,
                 "the target before offset %zu has %u elements, more than %u",
                 walk->reader.pos,
                 count,
                 JMP_IMAGE_MAX_SEGMENTS);
    return FALSE;
  }
  for (guint32 i = 0; i < count; i++)
    if (!read_element (walk, alt, error))
      return FALSE;
  return TRUE;
}

/* dwTargetSize is not believed: of the field's readers some go by it and some do not, so files exist
 * in which it is wrong. */
static gboolean
read_target (Walk *walk, guint index, GError **error)
{
  gsize start = walk->reader.pos;
  const guint8 *prefix;
  guint8 alt;
  gsize elements;
  guint32 size;

  if (!jmp_reader_bytes (&walk->reader, TARGET_PREFIX_SIZE, &prefix))
    return fail_overrun (walk, "the target", TARGET_PREFIX_SIZE, error);
  if (memcmp (prefix, TARGET_SIGNATURE, 6) != 0) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "target %u does not begin at offset %zu with \"Target\"",
                 index,
                 start);
    return FALSE;
  }
  alt = prefix[6];
  size = jmp_get_u32 (prefix + 266);
  elements = walk->reader.pos;
  if (jmp_get_u32 (prefix + 7) != 0) {
    g_autofree char *name = g_strndup ((const char *)prefix + 11, TARGET_NAME_SIZE);

    jmp_image_builder_name_target (walk->builder, alt, name);
  }
  if (jmp_get_u32 (prefix + 270) == 0)
    jmp_image_builder_warn (
        walk->builder, "target %u (alt %u) at offset %zu has no elements", index, alt, start);
  if (!read_elements (walk, alt, jmp_get_u32 (prefix + 270), error))
    return FALSE;
  if (walk->reader.pos - elements != size)
    jmp_image_builder_warn (walk->builder,
                            "target %u (alt %u) at offset %zu says that it has %u bytes, and has "
                            "%zu",
                            index,
                            alt,
                            start,
                            size,
                            walk->reader.pos - elements);
  return TRUE;
}

/* DFUImageSize is the file without its suffix; dfuse-pack writes the whole file's size. */
static void
check_image_size (Walk *walk, guint32 stated)
{
  if (stated != walk->reader.size && stated != g_bytes_get_size (walk->whole))
    jmp_image_builder_warn (walk->builder,
                            "the prefix says that it has %u bytes, and it has %zu",
                            stated,
                            walk->reader.size);
}

/* Bytes that no target claims are firmware that would be left out. */
static gboolean
check_rest (Walk *walk, GError **error)
{
  gsize left = jmp_reader_left (&walk->reader);

  if (left == 0)
    return TRUE;
  if (walk->accept_damaged) {
    jmp_image_builder_warn (
        walk->builder, "%zu bytes at offset %zu belong to no target", left, walk->reader.pos);
    return TRUE;
  }
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_INVALID_FILE,
               "%zu bytes at offset %zu belong to no target",
               left,
               walk->reader.pos);
  return FALSE;
}

static gboolean
read_body (Walk *walk, GError **error)
{
  const guint8 *prefix;
  guint n_targets;

  if (!jmp_reader_bytes (&walk->reader, PREFIX_SIZE, &prefix))
    return fail_overrun (walk, "the prefix", PREFIX_SIZE, error);
  if (prefix[5] != FORMAT_VERSION) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "DfuSe format version %u at offset 5 is not known",
                 prefix[5]);
    return FALSE;
  }
  check_image_size (walk, jmp_get_u32 (prefix + 6));
  n_targets = prefix[10];
  for (guint i = 0; i < n_targets; i++)
    if (!read_target (walk, i, error))
      return FALSE;
  return check_rest (walk, error);
}

/**
 * jmp_dfuse_file_parse:
 * @bytes: a file that begins as a DfuSe file does
 * @options: whether a wrong check sum or a missing suffix is accepted
 * @error: return location
 *
 * Reads a DfuSe file (UM0391, "DFU file format"). It walks from element to element; sizes that the
 * prefixes state besides are not relied on, and warned of when they are wrong; bytes that no target
 * claims are an error, unless @options accepts damage. Targets that name the
 * same alt setting become one. A file without a suffix was cut short: it is refused, unless
 * @options accepts damage and all of its elements are there.
 *
 * Returns: (transfer full): an image, or %NULL with %JMP_ERROR_DAMAGED_FILE (wrong check sum, cut
 *   short) or %JMP_ERROR_INVALID_FILE (contradicts itself, no bytes); messages give the offset
 */
JmpImage *
jmp_dfuse_file_parse (GBytes *bytes, const JmpReadOptions *options, GError **error)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  Walk walk = {
    .whole = bytes,
    .accept_damaged = options->accept_damaged,
    .builder = builder,
  };
  JmpDfuSuffix suffix;

  walk.cut = !jmp_dfu_suffix_find (bytes, &suffix);
  if (walk.cut && !options->accept_damaged) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_DAMAGED_FILE,
                 "cut short: there is no DFU suffix at its end, offset %zu",
                 size);
    return NULL;
  }
  if (walk.cut)
    jmp_image_builder_warn (builder, "there is no DFU suffix at its end");
  else if (!jmp_dfu_suffix_apply (&suffix, bytes, options, builder, error))
    return NULL;
  jmp_reader_init (&walk.reader, data, walk.cut ? size : size - suffix.length);
  if (!read_body (&walk, error))
    return NULL;
  return jmp_image_builder_end (g_steal_pointer (&builder), error);
}

static guint64
target_size (const JmpImageTarget *target)
{
  guint64 size = 0;

  for (guint i = 0; i < target->n_segments; i++)
    size += ELEMENT_PREFIX_SIZE + g_bytes_get_size (target->segments[i].bytes);
  return size;
}

static guint64
body_size (JmpImage *image)
{
  guint64 size = PREFIX_SIZE;

  for (guint i = 0; i < jmp_image_get_n_targets (image); i++)
    size += TARGET_PREFIX_SIZE + target_size (jmp_image_get_target (image, i));
  return size;
}

/* Copies as much of @name as leaves room for its final NUL, and no half characters. */
static void
put_name (guint8 *at, const char *name)
{
  const char *end = name + strlen (name);

  while (end - name >= TARGET_NAME_SIZE)
    end = g_utf8_prev_char (end);
  memcpy (at, name, (gsize)(end - name));
}

static void
append_target (GByteArray *file, const JmpImageTarget *target)
{
  guint8 prefix[TARGET_PREFIX_SIZE] = TARGET_SIGNATURE;

  prefix[6] = target->alt;
  if (target->name != NULL) {
    jmp_put_u32 (prefix + 7, 1);
    put_name (prefix + 11, target->name);
  }
  jmp_put_u32 (prefix + 266, (guint32)target_size (target));
  jmp_put_u32 (prefix + 270, target->n_segments);
  g_byte_array_append (file, prefix, sizeof prefix);
  for (guint i = 0; i < target->n_segments; i++) {
    guint8 element[ELEMENT_PREFIX_SIZE];
    gsize size;
    const guint8 *data = g_bytes_get_data (target->segments[i].bytes, &size);

    jmp_put_u32 (element, target->segments[i].address);
    jmp_put_u32 (element + 4, (guint32)size);
    g_byte_array_append (file, element, sizeof element);
    g_byte_array_append (file, data, (guint)size);
  }
}

/**
 * jmp_dfuse_file_write:
 * @image: an image
 * @error: return location
 *
 * Makes a DfuSe file (UM0391, "DFU file format") with the image's ids and a right check sum.
 * DFUImageSize is the size without the suffix, which is what every reader of the field takes.
 *
 * Returns: (transfer full): the file, or %NULL with %JMP_ERROR_NOT_SUPPORTED when it would be larger
 *   than %JMP_IMAGE_MAX_FILE
 */
GBytes *
jmp_dfuse_file_write (JmpImage *image, GError **error)
{
  guint64 size = body_size (image);
  guint8 prefix[PREFIX_SIZE] = SIGNATURE;
  GByteArray *file;

  if (size + JMP_DFU_SUFFIX_SIZE > JMP_IMAGE_MAX_FILE) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_NOT_SUPPORTED,
                 "a DfuSe file of %" G_GUINT64_FORMAT " bytes would pass the limit of %u",
                 size + JMP_DFU_SUFFIX_SIZE,
                 JMP_IMAGE_MAX_FILE);
    return NULL;
  }
  prefix[5] = FORMAT_VERSION;
  jmp_put_u32 (prefix + 6, (guint32)size);
  prefix[10] = (guint8)jmp_image_get_n_targets (image);
  file = g_byte_array_sized_new ((guint)size + JMP_DFU_SUFFIX_SIZE);
  g_byte_array_append (file, prefix, sizeof prefix);
  for (guint i = 0; i < jmp_image_get_n_targets (image); i++)
    append_target (file, jmp_image_get_target (image, i));
  jmp_dfu_suffix_append (file,
                         jmp_image_get_vid (image),
                         jmp_image_get_pid (image),
                         jmp_image_get_bcd_device (image),
                         DFU_VERSION);
  return g_byte_array_free_to_bytes (file);
}
