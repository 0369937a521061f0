/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/device-choice.h"
#include "jumperctl/json.h"
#include "words/words.h"

#include <glib/gi18n.h>

static void
print_run (CtlSession *session, const JmpSectorRun *run)
{
  g_autofree char *range = jmp_words_range (run->address, (guint64)run->size * run->count);
  g_autofree char *size = jmp_words_size (run->size);

  ctl_session_print (
      session, "    %s  %4u × %-9s  %s\n", range, run->count, size, jmp_words_access (run->access));
}

static void
print_alt (CtlSession *session, const JmpDfuAlt *alt)
{
  g_autofree char *text = jmp_words_alt (alt);
  const JmpSectorRun *runs;
  guint n = 0;

  ctl_session_print (session, "  %u  %s\n", alt->alt, text);
  if (alt->layout == NULL)
    return;
  runs = jmp_layout_get_runs (alt->layout, &n);
  for (guint i = 0; i < n; i++)
    print_run (session, &runs[i]);
}

static void
print_device (CtlSession *session)
{
  const JmpDfuInfo *info = jmp_device_get_info (session->board->device);
  g_autofree char *device = jmp_words_device (session->board->device);
  g_autofree char *ids = jmp_words_ids (info->vid, info->pid);

  ctl_session_print (session, "%s\n", device);
  /* Translators: USB ids, the protocol, its version, and the size of a block in bytes. */
  ctl_session_print (session,
                     _ ("  USB %s, %s %x.%02x, blocks of %u bytes\n"),
                     ids,
                     info->dfuse ? "DfuSe" : "DFU",
                     info->version >> 8,
                     info->version & 0xFF,
                     info->transfer_size);
  if (info->quirks.name != NULL)
    ctl_session_print (session, _ ("  Known as: %s\n"), info->quirks.name);
  for (guint i = 0; i < info->alts->len; i++)
    print_alt (session, g_ptr_array_index (info->alts, i));
}

static gboolean
info_run (CtlSession *session, GError **error)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!ctl_choose_device (session, error))
    return FALSE;
  builder = json_builder_new ();
  ctl_json_device (builder, session->board->device, TRUE);
  session->result = json_builder_get_root (builder);
  print_device (session);
  return TRUE;
}

const CtlCommand ctl_command_info = {
  .name = "info",
  .summary = N_ ("Show the memory map of a board, alt setting by alt setting."),
  .examples = "  jumperctl info\n"
              "  jumperctl info -d serial:207A365A5746 --json\n"
              "  jumperctl info -d virtual:pyboard",
  .takes = CTL_TAKES_DEVICE,
  .run = info_run,
};
