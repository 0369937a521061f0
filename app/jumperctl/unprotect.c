/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/bytes.h"
#include "base/error.h"
#include "dfu/dfuse.h"
#include "flash/run.h"
#include "jumperctl/consent.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/json.h"
#include "jumperctl/protection.h"
#include "jumperctl/released.h"
#include "jumperctl/wait.h"
#include "words/words-regions.h"
#include "words/words.h"

#include <glib/gi18n.h>

/* What has to be typed, and what --overwrite takes for it. */
#define TYPED  "erase everything"
#define NAMED  "everything"
#define RETURN 60.0 /* seconds until the board is back */

static gboolean
is_named (const CtlSession *session)
{
  for (char **name = session->options.overwrite; name != NULL && *name != NULL; name++) {
    if (g_str_equal (*name, NAMED) || g_str_equal (*name, TYPED))
      return TRUE;
  }
  return FALSE;
}

static gboolean
agree (CtlSession *session, GError **error)
{
  g_autofree char *device = jmp_words_device (session->board->device);
  g_autofree char *question = g_strdup_printf ("%s: %s", device, jmp_words_unprotect_loss ());

  return is_named (session) || ctl_consent_typed (session, question, TYPED, NAMED, error);
}

static gboolean
check_board (const JmpDfuInfo *info, GError **error)
{
  if (jmp_protection_is_removable (info))
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_NOT_SUPPORTED,
               "only the boot loader in the ROM of an STM32 can remove read protection");
  return FALSE;
}

/* Sends the command. @descriptors: to know the board again. */
static gboolean
remove_protection (CtlSession *session, GBytes **descriptors, GError **error)
{
  CtlBoard *board = session->board;
  JmpUsb *usb = jmp_device_open (board->device, error);
  g_autoptr (JmpDfu) dfu = NULL;

  if (usb == NULL)
    return FALSE;
  dfu = jmp_dfu_open (usb, jmp_device_get_info (board->device), error);
  if (dfu == NULL)
    return FALSE;
  *descriptors = jmp_usb_descriptors (jmp_dfu_get_usb (dfu), error);
  if (*descriptors == NULL || !jmp_dfu_to_idle (dfu, session->cancellable, error)
      || !jmp_dfu_select_alt (dfu, 0, session->cancellable, error)
      || !jmp_protection_check_command (dfu, error))
    return FALSE;
  ctl_released_forget (session);
  if (session->monitor != NULL)
    jmp_monitor_hold (session->monitor, board->device);
  board->wiped = TRUE;
  return jmp_dfuse_read_unprotect (dfu, session->cancellable, error);
}

/* The proof: the whole flash is read, and blank. */
static gboolean
prove_blank (CtlSession *session, JmpDfu *dfu, GError **error)
{
  g_autoptr (JmpPlan)
      plan = jmp_plan_backup (jmp_device_get_info (session->board->device), 0, error);
  g_auto (JmpOutcome) outcome = { 0 };
  const JmpImageTarget *target;
  JmpErased erased;

  if (plan == NULL || !jmp_flash_run (dfu, plan, NULL, NULL, session->cancellable, &outcome, error))
    return FALSE;
  target = jmp_image_get_target (outcome.read, 0);
  erased = jmp_dfu_info_find_alt (jmp_device_get_info (session->board->device), 0)->quirks.erased;
  for (guint i = 0; i < target->n_segments; i++) {
    gsize size;
    const guint8 *data = g_bytes_get_data (target->segments[i].bytes, &size);

    if (jmp_erased_is_blank (jmp_erased_learn (erased, data, size), data, size))
      continue;
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_VERIFY,
                 "the flash from 0x%08X on can be read again, and is not all blank",
                 target->segments[i].address);
    return FALSE;
  }
  return TRUE;
}

/* The board restarted; what it says now counts, not that it went. */
static gboolean
prove (CtlSession *session, GBytes *descriptors, JmpProtection *protection, GError **error)
{
  CtlBoard *board = session->board;
  JmpUsb *usb = ctl_wait_here_for_return (session, board->device, descriptors, RETURN, error);
  g_autoptr (JmpDfu) dfu = NULL;

  if (usb == NULL) {
    g_prefix_error (error, "waiting for the board to come back without its protection: ");
    return FALSE;
  }
  dfu = jmp_dfu_open (usb, jmp_device_get_info (board->device), error);
  if (dfu == NULL || !jmp_protection_read (dfu, protection, session->cancellable, error))
    return FALSE;
  if (protection->state != JMP_PROTECTION_OPEN
      || (protection->options != NULL && protection->options->level != JMP_RDP_LEVEL_0)) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_READ_PROTECTED,
                 "the board is back, and its protection is still on");
    return FALSE;
  }
  return prove_blank (session, dfu, error);
}

static void
set_result (CtlSession *session, const JmpProtection *protection)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *device = jmp_words_device (session->board->device);

  json_builder_begin_object (builder);
  ctl_json_string (builder, "result", "ok");
  ctl_json_string (builder, "command", session->command->name);
  ctl_json_string (builder, "device", session->board->label);
  ctl_protection_json (builder, protection);
  json_builder_end_object (builder);
  session->result = json_builder_get_root (builder);
  ctl_session_print (
      session,
      _ ("%s: the read protection is off, and the whole flash was read and is blank.\n"),
      device);
}

static gboolean
unprotect_run (CtlSession *session, GError **error)
{
  g_auto (JmpProtection) protection = { 0 };
  g_autoptr (GBytes) descriptors = NULL;

  ctl_wait_follow (session);
  if (!ctl_choose_device (session, error)
      || !check_board (jmp_device_get_info (session->board->device), error)
      || !agree (session, error) || !remove_protection (session, &descriptors, error)
      || !prove (session, descriptors, &protection, error))
    return FALSE;
  set_result (session, &protection);
  return TRUE;
}

const CtlCommand ctl_command_unprotect = {
  .name = "unprotect",
  .summary = N_ ("Remove the read protection of a board, which erases everything on it."),
  .examples = "  jumperctl unprotect\n"
              "  jumperctl unprotect -d serial:207A365A5746 --overwrite everything",
  .takes = CTL_TAKES_DEVICE | CTL_TAKES_OVERWRITE | CTL_TAKES_WAIT,
  .run = unprotect_run,
};
