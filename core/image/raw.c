/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/raw.h"

#include "base/bytes.h"
#include "base/error.h"
#include "image/image-private.h"

/* Where programs of DfuSe boards begin: the flash itself, or behind one of the usual boot loaders. */
static const guint32 bases[] = { 0x08000000, 0x08002000, 0x08004000, 0x08005000, 0x08008000,
                                 0x0800C000, 0x08010000, 0x08020000, 0x08040000, 0x080A0000 };

/* Vectors that are looked at: the processor's own 16, and some of the chip's. */
#define N_VECTORS 64

/* Where Particle puts its module header: at the start, or behind the vector table of a Core or of a
 * Photon. A header is: first address, address of the check sum (Particle, module_info.h). */
static const gsize module_offsets[] = { 0, 0x10C, 0x184 };
#define MODULE_CRC_SIZE 4

static gboolean
guess_by_module (const guint8 *data, gsize size, JmpRawGuess *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (module_offsets); i++) {
    guint32 start;
    guint32 end;

    if (size < module_offsets[i] + 8)
      continue;
    start = jmp_get_u32 (data + module_offsets[i]);
    end = jmp_get_u32 (data + module_offsets[i] + 4);
    if (start >= 0x08000000 && start < 0x08200000 && start % 4 == 0 && end > start
        && (gsize)(end - start) + MODULE_CRC_SIZE == size) {
      *out = (JmpRawGuess){ start, JMP_RAW_PARTICLE, TRUE };
      return TRUE;
    }
  }
  return FALSE;
}

/* Whether a Thumb address is in the file, and on something that is not blank, when the file stands at
 * @base. */
static gboolean
is_handler (const guint8 *data, gsize size, guint32 base, guint32 vector)
{
  guint32 at = (vector & ~1u) - base;

  return (vector & 1) != 0 && (vector & ~1u) >= base && size >= 2 && at <= size - 2
         && !jmp_bytes_are_blank (data + at, 2) && jmp_get_u16 (data + at) != 0;
}

/* How many of the vectors are handlers, or 0 when the first, the program's start, is none. */
static guint
count_handlers (const guint8 *data, gsize size, guint32 base)
{
  gsize n = MIN (size / 4, N_VECTORS);
  guint count = 0;

  if (n < 2 || !is_handler (data, size, base, jmp_get_u32 (data + 4)))
    return 0;
  for (gsize i = 1; i < n; i++)
    if (is_handler (data, size, base, jmp_get_u32 (data + 4 * i)))
      count++;
  return count;
}

/* Of bases that explain the vectors equally well, the highest: handlers follow their table closely. */
static gboolean
guess_by_vectors (const guint8 *data, gsize size, JmpRawGuess *out)
{
  guint most = 0;
  guint n_possible = 0;

  if (size < 8 || !jmp_stack_is_plausible (jmp_get_u32 (data)))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (bases); i++) {
    guint count = count_handlers (data, size, bases[i]);

    if (count > 0)
      n_possible++;
    if (count > 0 && count >= most) {
      most = count;
      *out = (JmpRawGuess){ bases[i], JMP_RAW_VECTORS, FALSE };
    }
  }
  out->certain = n_possible == 1;
  return n_possible > 0;
}

/**
 * jmp_raw_guess_base:
 * @bytes: raw bytes
 * @out: (out caller-allocates): where they most likely belong
 *
 * Infers the address of a raw file from Particle's module header, or else from its vector table
 * (ARMv7-M, B1.5.3): of the usual starts of programs, the one that has the most handlers inside the
 * file. It is for a person to agree with; nothing is flashed by it.
 *
 * Returns: %FALSE when nothing fits
 */
gboolean
jmp_raw_guess_base (GBytes *bytes, JmpRawGuess *out)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return guess_by_module (data, size, out) || guess_by_vectors (data, size, out);
}

static void
fail_without_address (GBytes *bytes, GError **error)
{
  JmpRawGuess guess;

  if (jmp_raw_guess_base (bytes, &guess))
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "%zu raw bytes, and no address says where they belong; %s 0x%08X",
                 g_bytes_get_size (bytes),
                 guess.evidence == JMP_RAW_PARTICLE ? "their module header says"
                                                    : "their vector table would fit",
                 guess.address);
  else
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "%zu raw bytes, and no address says where they belong",
                 g_bytes_get_size (bytes));
}

/**
 * jmp_raw_parse:
 * @bytes: the bytes
 * @options: where they belong: its address must be given
 * @error: return location
 *
 * Takes bytes as they are, as one segment.
 *
 * Returns: (transfer full): an image, or %NULL with %JMP_ERROR_USAGE when no address is given (the
 *   message offers what jmp_raw_guess_base() finds), or
 *   %JMP_ERROR_INVALID_FILE when there are no bytes or they pass 4 GiB
 */
JmpImage *
jmp_raw_parse (GBytes *bytes, const JmpReadOptions *options, GError **error)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_RAW);

  if (!options->has_address) {
    fail_without_address (bytes, error);
    return NULL;
  }
  if (!jmp_image_builder_add (builder, options->alt, options->address, bytes, error))
    return NULL;
  return jmp_image_builder_end (g_steal_pointer (&builder), error);
}

/* A raw file has no place for addresses, so nothing may lie between the segments. */
static gboolean
check_contiguous (const JmpImageTarget *target, GError **error)
{
  guint64 end = target->segments[0].address;

  for (guint i = 0; i < target->n_segments; i++) {
    if (target->segments[i].address != end) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_NOT_SUPPORTED,
                   "a raw file cannot leave out 0x%08X-0x%08X",
                   (guint)end,
                   target->segments[i].address - 1);
      return FALSE;
    }
    end += g_bytes_get_size (target->segments[i].bytes);
  }
  return TRUE;
}

static gboolean
check_size (JmpImage *image, GError **error)
{
  if (jmp_image_get_size (image) <= JMP_IMAGE_MAX_FILE)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_NOT_SUPPORTED,
               "a raw file of %" G_GUINT64_FORMAT " bytes would pass the limit of %u",
               jmp_image_get_size (image),
               JMP_IMAGE_MAX_FILE);
  return FALSE;
}

/**
 * jmp_raw_write:
 * @image: an image with one target and one contiguous range; segments may touch
 * @error: return location
 *
 * Makes the bytes of a raw file: those of the image, and nothing else.
 *
 * Returns: (transfer full): the bytes, or %NULL with %JMP_ERROR_NOT_SUPPORTED: several targets, a gap (which
 *   is named), or more than %JMP_IMAGE_MAX_FILE
 */
GBytes *
jmp_raw_write (JmpImage *image, GError **error)
{
  const JmpImageTarget *target = jmp_image_get_target (image, 0);
  GByteArray *file;

  if (jmp_image_get_n_targets (image) != 1) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_NOT_SUPPORTED,
                 "a raw file cannot hold %u targets",
                 jmp_image_get_n_targets (image));
    return NULL;
  }
  if (!check_contiguous (target, error) || !check_size (image, error))
    return NULL;
  if (target->n_segments == 1)
    return g_bytes_ref (target->segments[0].bytes);
  file = g_byte_array_new ();
  for (guint i = 0; i < target->n_segments; i++) {
    gsize size;
    const guint8 *data = g_bytes_get_data (target->segments[i].bytes, &size);

    g_byte_array_append (file, data, (guint)size);
  }
  return g_byte_array_free_to_bytes (file);
}
