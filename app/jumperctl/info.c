/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/device-choice.h"
#include "jumperctl/guard.h"
#include "jumperctl/json.h"
#include "jumperctl/plain.h"
#include "jumperctl/protection.h"
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
  if (alt->layout == NULL) {
    g_autofree char *known = ctl_plain_describe (alt);

    if (known != NULL)
      ctl_session_print (session, "    %s\n", known);
    return;
  }
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
  g_autofree char *version = ctl_plain_version (info);

  ctl_session_print (session, "%s\n", device);
  /* Translators: USB ids, the protocol, its version, and the size of a block in bytes. */
  ctl_session_print (session,
                     _ ("  USB %s, %s %s, blocks of %u bytes\n"),
                     ids,
                     info->dfuse ? "DfuSe" : "DFU",
                     version,
                     info->transfer_size);
  if (info->quirks.name != NULL)
    ctl_session_print (session, _ ("  Known as: %s\n"), info->quirks.name);
  if (!info->dfu_mode)
    ctl_session_print (
        session,
        _ ("  It runs its program; flash, verify, backup and restore restart it in DFU mode.\n"));
  for (guint i = 0; info->dfu_mode && i < info->alts->len; i++)
    print_alt (session, g_ptr_array_index (info->alts, i));
}

static void
add_regions (JsonBuilder *builder, const JmpRegions *regions)
{
  ctl_json_string (builder, "kind", regions->board != NULL ? regions->board->id : NULL);
  json_builder_set_member_name (builder, "regions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < regions->all->len; i++) {
    const JmpRegion *region = &g_array_index (regions->all, JmpRegion, i);

    json_builder_begin_object (builder);
    ctl_json_number (builder, "alt", region->alt);
    ctl_json_number (builder, "address", region->address);
    ctl_json_number (builder, "size", region->size);
    ctl_json_string (builder, "kind", jmp_region_kind_to_string (region->kind));
    ctl_json_string (builder, "name", region->name);
    ctl_json_boolean (builder, "protected", jmp_regions_is_guarded (region));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

/* The board whose parts these are is told where the evidence did not tell it already. */
static void
print_regions (CtlSession *session, const JmpRegions *regions, const JmpCandidate *sure)
{
  if (regions->board != NULL
      && (sure == NULL || g_strcmp0 (sure->board->id, regions->board->id) != 0))
    ctl_session_print (
        session, _ ("  Kind of board: %s (%s)\n"), regions->board->product, regions->board->id);
  if (regions->all->len > 0)
    ctl_session_print (session, _ ("  Known parts of its memory:\n"));
  for (guint i = 0; i < regions->all->len; i++) {
    const JmpRegion *region = &g_array_index (regions->all, JmpRegion, i);
    g_autofree char *range = jmp_words_range (region->address, region->size);

    ctl_session_print (session,
                       "    %u  %s  %s%s\n",
                       region->alt,
                       range,
                       region->name,
                       jmp_regions_is_guarded (region) ? _ (" (protected)") : "");
  }
}

/* That a board does not answer here is worth a word, and no failure: its map is known all the same. */
static void
read_protection (CtlSession *session, JmpProtection *protection)
{
  g_autoptr (GError) problem = NULL;

  if (!jmp_device_get_info (session->board->device)->dfu_mode)
    return;
  if (!ctl_protection_read (session, protection, &problem))
    ctl_board_warn (
        session->board, _ ("How the board is protected is not known: %s"), problem->message);
}

static gboolean
info_run (CtlSession *session, GError **error)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (CtlEvidence) evidence = NULL;
  g_auto (JmpProtection) protection = { 0 };
  const JmpCandidate *sure;

  if (!ctl_choose_device (session, error) || !ctl_guard_learn (session, session->board, error))
    return FALSE;
  read_protection (session, &protection);
  evidence = ctl_evidence_look (session, session->board, error);
  if (evidence == NULL)
    return FALSE;
  builder = json_builder_new ();
  ctl_json_device_begin (builder, session->board->device, evidence, TRUE);
  ctl_evidence_json_look (evidence, builder);
  ctl_protection_json (builder, &protection);
  add_regions (builder, session->board->regions);
  json_builder_end_object (builder);
  session->result = json_builder_get_root (builder);
  print_device (session);
  ctl_evidence_print (evidence, session);
  ctl_protection_print (session, &protection);
  sure = evidence->choice != NULL ? evidence->choice->sure : NULL;
  print_regions (session, session->board->regions, sure);
  return TRUE;
}

const CtlCommand ctl_command_info = {
  .name = "info",
  .summary = N_ ("Show the memory map of a board, alt setting by alt setting."),
  .examples = "  jumperctl info\n"
              "  jumperctl info -d serial:207A365A5746 --json\n"
              "  jumperctl info -d virtual:pyboard",
  .takes = CTL_TAKES_DEVICE | CTL_TAKES_BOARD,
  .run = info_run,
};
