/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/plain.h"

#include "base/error.h"
#include "jumperctl/firmware.h"

#include <glib/gi18n.h>

/**
 * ctl_plain_read:
 * @session: a session
 * @images: (out) (element-type JmpImage) (nullable): an image for each file
 * @raw: (out): whether the files are only readable once the board is known: raw bytes without an address
 * @error: as ctl_firmware_read()
 *
 * Reads the files before a board is looked for, so that what is wrong with them is known first.
 *
 * Returns: %FALSE with @error set where they cannot be read, whatever the board
 */
gboolean
ctl_plain_read (CtlSession *session, GPtrArray **images, gboolean *raw, GError **error)
{
  g_autoptr (GError) problem = NULL;

  *images = ctl_firmware_read (session, &problem);
  *raw = *images == NULL && !session->options.has_address
         && g_error_matches (problem, JMP_ERROR, JMP_ERROR_USAGE);
  if (*images != NULL || *raw)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * ctl_plain_read_placed:
 * @session: a session with a board
 * @error: as ctl_firmware_read()
 *
 * Reads raw files without an address for the board: where it has no addresses, none is needed.
 *
 * Returns: (transfer container) (element-type JmpImage) (nullable): an image for each file
 */
GPtrArray *
ctl_plain_read_placed (CtlSession *session, GError **error)
{
  g_ptr_array_set_size (session->warnings, 0);
  ctl_plain_place (session);
  return ctl_firmware_read (session, error);
}

/**
 * ctl_plain_fail:
 * @session: a session without a board
 * @raw: as of ctl_plain_read()
 * @error: (inout): why there is none
 *
 * Where no board was found, what is wrong with the files is told instead: few boards would do without
 * an address.
 *
 * Returns: %FALSE
 */
gboolean
ctl_plain_fail (CtlSession *session, gboolean raw, GError **error)
{
  g_autoptr (GPtrArray) images = NULL;

  if (raw && error != NULL && g_error_matches (*error, JMP_ERROR, JMP_ERROR_NOT_FOUND)
      && session->options.devices == NULL) {
    g_clear_error (error);
    images = ctl_firmware_read (session, error);
  }
  return FALSE;
}

/**
 * ctl_plain_place:
 * @session: a session with a board, and raw files without an address
 *
 * Gives raw files the address that their first byte has on the board: one that is known, or none.
 *
 * Returns: %FALSE where the board has addresses, which a raw file must be given
 */
gboolean
ctl_plain_place (CtlSession *session)
{
  CtlOptions *options = &session->options;
  const JmpDfuInfo *info = jmp_device_get_info (session->board->device);
  const JmpDfuAlt *alt = info != NULL ? jmp_dfu_info_find_alt (info, options->alt) : NULL;

  if (info == NULL || info->dfuse)
    return FALSE;
  options->has_address = TRUE;
  options->address = alt != NULL ? jmp_dfu_alt_get_base (alt) : 0;
  return TRUE;
}

/**
 * ctl_plain_warn:
 * @session: a session with an image
 * @board: one of its boards
 *
 * Warns of what else writing the image does to the board.
 */
void
ctl_plain_warn (CtlSession *session, CtlBoard *board)
{
  const JmpDfuInfo *info = jmp_device_get_info (board->device);

  for (guint i = 0; !info->dfuse && i < jmp_image_get_n_targets (session->image); i++) {
    const JmpDfuAlt *alt = jmp_dfu_info_find_alt (info,
                                                  jmp_image_get_target (session->image, i)->alt);

    if (alt != NULL && alt->quirks.also_erases != 0)
      ctl_board_warn (board,
                      _ ("Writing alt setting %u also erases the page at 0x%08X."),
                      alt->alt,
                      alt->quirks.also_erases);
  }
}

/**
 * ctl_plain_describe:
 * @alt: an alt setting of a board that speaks plain DFU
 *
 * What is known of the files that go there.
 *
 * Returns: (transfer full) (nullable): a line, or %NULL where nothing is
 */
char *
ctl_plain_describe (const JmpDfuAlt *alt)
{
  if (alt->quirks.refuses != NULL)
    return g_strdup (_ ("takes no files"));
  if (alt->quirks.n_bases == 1)
    return g_strdup_printf (_ ("takes programs for 0x%08X"), alt->quirks.bases[0]);
  if (alt->quirks.n_bases == 2)
    return g_strdup_printf (
        _ ("takes programs for 0x%08X or 0x%08X"), alt->quirks.bases[0], alt->quirks.bases[1]);
  return NULL;
}

/**
 * ctl_plain_version:
 * @info: a board
 *
 * bcdDFUVersion as people write it: 1.1 for 0x0110, 1.1a for 0x011A.
 *
 * Returns: (transfer full): the text
 */
char *
ctl_plain_version (const JmpDfuInfo *info)
{
  guint major = info->version >> 8;
  guint minor = info->version & 0xFF;

  if ((minor & 0x0F) == 0)
    return g_strdup_printf ("%x.%x", major, minor >> 4);
  return g_strdup_printf ("%x.%02x", major, minor);
}
