/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/firmware.h"
#include "jumperctl/plain.h"
#include "jumperctl/work.h"
#include "words/words.h"

#include <glib/gi18n.h>

/* Comparing harms nothing, so a file for another board is only worth a warning. */
static void
warn_of_other_board (CtlSession *session, JmpImage *image)
{
  const JmpDfuInfo *info = jmp_device_get_info (session->board->device);
  g_autofree char *ids = jmp_words_ids (jmp_image_get_vid (image), jmp_image_get_pid (image));
  g_autofree char *board = jmp_words_ids (info->vid, info->pid);

  if (jmp_image_names_board (image) && !jmp_image_is_for (image, info->vid, info->pid))
    ctl_session_warn (
        session, _ ("%s was made for %s, and the board is %s."), session->file, ids, board);
}

static gboolean
verify_run (CtlSession *session, GError **error)
{
  g_autoptr (GPtrArray) images = NULL;
  JmpImage *image;
  gboolean raw;

  if (!ctl_plain_read (session, &images, &raw, error))
    return FALSE;
  if (!ctl_choose_device (session, error))
    return ctl_plain_fail (session, raw, error);
  if (raw)
    images = ctl_plain_read_placed (session, error);
  if (images == NULL)
    return FALSE;
  image = g_ptr_array_index (images, 0);
  warn_of_other_board (session, image);
  session->board->plan = jmp_plan_verify (
      image, jmp_device_get_info (session->board->device), error);
  return session->board->plan != NULL && ctl_work_run (session, error);
}

const CtlCommand ctl_command_verify = {
  .name = "verify",
  .parameters = N_ ("FILE"),
  .summary = N_ ("Compare what is on a board with a firmware file."),
  .examples = "  jumperctl verify firmware.dfu\n"
              "  jumperctl verify before.bin --address 0x08000000",
  .takes = CTL_TAKES_DEVICE | CTL_TAKES_ALT | CTL_TAKES_ADDRESS | CTL_TAKES_RECORD | CTL_TAKES_WAIT,
  .min_files = 1,
  .max_files = 1,
  .run = verify_run,
};
