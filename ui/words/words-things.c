/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words.h"

#include "words/words-practice.h"

#include <glib/gi18n-lib.h>

/**
 * jmp_words_phase:
 * @phase: a phase of the work
 *
 * What is being done, as the title of a phase.
 *
 * Returns: (transfer none): translated words
 */
const char *
jmp_words_phase (JmpPhase phase)
{
  switch (phase) {
  case JMP_PHASE_PREPARE:
    return C_ ("phase", "Preparing");
  case JMP_PHASE_BACKUP:
    return C_ ("phase", "Backing up");
  case JMP_PHASE_COMPARE:
    return C_ ("phase", "Comparing");
  case JMP_PHASE_ERASE:
    return C_ ("phase", "Erasing");
  case JMP_PHASE_WRITE:
    return C_ ("phase", "Writing");
  case JMP_PHASE_VERIFY:
    return C_ ("phase", "Verifying");
  case JMP_PHASE_LEAVE:
    return C_ ("phase", "Starting");
  }
  return jmp_phase_to_string (phase);
}

/**
 * jmp_words_mode:
 * @mode: what a board is doing
 *
 * The state of a board in a word or two.
 *
 * Returns: (transfer none): translated words
 */
const char *
jmp_words_mode (JmpDeviceMode mode)
{
  switch (mode) {
  case JMP_DEVICE_DFU:
    return C_ ("board", "Ready to update");
  case JMP_DEVICE_RUNNING:
    return C_ ("board", "Running");
  case JMP_DEVICE_UNUSABLE:
    return C_ ("board", "Cannot be used yet");
  case JMP_DEVICE_GONE:
    return C_ ("board", "Not connected");
  }
  return "";
}

/**
 * jmp_words_format:
 * @format: a file format
 *
 * What kind of file it is.
 *
 * Returns: (transfer none): translated words
 */
const char *
jmp_words_format (JmpImageFormat format)
{
  switch (format) {
  case JMP_IMAGE_RAW:
    return _ ("Raw bytes");
  case JMP_IMAGE_DFU:
    return _ ("DFU file");
  case JMP_IMAGE_DFUSE:
    return _ ("DfuSe file");
  case JMP_IMAGE_INTEL_HEX:
    return _ ("Intel HEX file");
  case JMP_IMAGE_SRECORD:
    return _ ("S-record file");
  case JMP_IMAGE_ELF:
    return _ ("ELF program");
  case JMP_IMAGE_UF2:
    return _ ("UF2 file");
  }
  return jmp_image_format_to_string (format);
}

/**
 * jmp_words_access:
 * @access: the access bits of a sector
 *
 * What may be done with a sector.
 *
 * Returns: (transfer none): translated words
 */
const char *
jmp_words_access (JmpAccess access)
{
  switch ((guint)access & 7) {
  case JMP_ACCESS_READ:
    return _ ("read only");
  case JMP_ACCESS_ERASE:
    return _ ("erase only");
  case JMP_ACCESS_READ | JMP_ACCESS_ERASE:
    return _ ("read, erase");
  case JMP_ACCESS_WRITE:
    return _ ("write only");
  case JMP_ACCESS_READ | JMP_ACCESS_WRITE:
    return _ ("read, write");
  case JMP_ACCESS_ERASE | JMP_ACCESS_WRITE:
    return _ ("erase, write");
  case JMP_ACCESS_READ | JMP_ACCESS_ERASE | JMP_ACCESS_WRITE:
    return _ ("read, erase, write");
  default:
    return _ ("no access");
  }
}

/**
 * jmp_words_alt:
 * @alt: an alt setting of a board
 *
 * What memory it is: its name, size and sectors.
 *
 * Returns: (transfer full): translated words
 */
char *
jmp_words_alt (const JmpDfuAlt *alt)
{
  g_autofree char *size = NULL;
  guint n;

  if (alt->layout == NULL)
    return g_strdup_printf (_ ("%s: no memory map"), alt->name);
  n = jmp_layout_get_n_sectors (alt->layout);
  size = jmp_words_size (jmp_layout_get_size (alt->layout));
  /* Translators: the name of a memory, its size, and its number of sectors. */
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s: %s in %u sector", "%s: %s in %u sectors", n),
      alt->name,
      size,
      n);
}

/**
 * jmp_words_made_for:
 * @image: firmware
 *
 * Which board the file names.
 *
 * Returns: (transfer full) (nullable): translated words, or %NULL where it names none
 */
char *
jmp_words_made_for (JmpImage *image)
{
  g_autofree char *ids = NULL;

  if (!jmp_image_names_board (image))
    return NULL;
  ids = jmp_words_ids (jmp_image_get_vid (image), jmp_image_get_pid (image));
  return g_strdup_printf (_ ("made for boards with the USB ids %s"), ids);
}

/**
 * jmp_words_image:
 * @image: firmware
 *
 * One line about a file: what it is, how much, in how many parts.
 *
 * Returns: (transfer full): translated words
 */
char *
jmp_words_image (JmpImage *image)
{
  g_autofree char *size = jmp_words_size (jmp_image_get_size (image));
  guint n_targets = jmp_image_get_n_targets (image);
  guint n = 0;

  for (guint i = 0; i < n_targets; i++)
    n += jmp_image_get_target (image, i)->n_segments;
  /* Translators: the kind of file, its size, and its number of parts. */
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s, %s in %u part", "%s, %s in %u parts", n),
      jmp_words_format (jmp_image_get_format (image)),
      size,
      n);
}

/**
 * jmp_words_device_twin:
 * @device: a board
 *
 * What tells a board from others of its kind: serial number and USB port.
 *
 * Returns: (transfer full): translated words
 */
char *
jmp_words_device_twin (JmpDevice *device)
{
  const char *serial = jmp_device_get_serial (device);
  const char *path = jmp_device_get_path (device);

  if (jmp_device_is_practice (device))
    return serial != NULL ? g_strdup_printf (_ ("practice board, serial %s"), serial)
                          : g_strdup (_ ("practice board"));
  if (serial == NULL)
    return g_strdup_printf (_ ("USB port %s"), path);
  return g_strdup_printf (_ ("serial %s, USB port %s"), serial, path);
}

/**
 * jmp_words_device:
 * @device: a board
 *
 * One line about a board: its name and what tells it from its twins. A practice board has none.
 *
 * Returns: (transfer full): translated words
 */
char *
jmp_words_device (JmpDevice *device)
{
  g_autofree char *twin = NULL;

  if (jmp_device_is_practice (device))
    return g_strdup (jmp_words_device_name (device));
  twin = jmp_words_device_twin (device);
  return g_strdup_printf ("%s (%s)", jmp_words_device_name (device), twin);
}

/**
 * jmp_words_memory:
 * @info: (nullable): a board
 *
 * How much memory the board's first alt setting with a memory map has.
 *
 * Returns: (transfer full): translated words
 */
char *
jmp_words_memory (const JmpDfuInfo *info)
{
  for (guint i = 0; info != NULL && i < info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (info->alts, i);

    if (alt->layout != NULL)
      return jmp_words_alt (alt);
  }
  return g_strdup (_ ("memory not known"));
}
