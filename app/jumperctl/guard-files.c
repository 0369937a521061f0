/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The person's files on a board that nobody has named. */

#include "config.h"

#include "jumperctl/evidence.h"
#include "jumperctl/guard.h"

#include <string.h>

/* So much of a file system says that it is one. */
#define BOOT_SECTOR 512

static JmpUsb *
open_board (gpointer user_data, GError **error)
{
  return jmp_device_open (user_data, error);
}

/* The places that the plan changes and where boards that this one can be have the person's files:
 * (element-type JmpGuardRegion), each once. */
static GArray *
find_places (const CtlBoard *board, JmpCatalogue *catalogue)
{
  JmpDfuInfo *info = jmp_device_get_info (board->device);
  g_autoptr (GPtrArray) fitting = jmp_catalogue_find_fitting (catalogue, info);
  GArray *places = g_array_new (FALSE, FALSE, sizeof (JmpGuardRegion));

  for (guint i = 0; i < fitting->len; i++) {
    g_autoptr (JmpRegions) regions = jmp_regions_new (fitting->pdata[i], info);
    const GArray *guard = regions->guard_files;
    g_autoptr (GArray) hits = jmp_guard_find (
        board->plan, (const JmpGuardRegion *)(const void *)guard->data, guard->len);

    for (guint h = regions->guard->len; h < guard->len; h++) {
      const JmpGuardRegion *files = &g_array_index (guard, JmpGuardRegion, h);
      const JmpGuardRegion place = { .alt = files->alt, .address = files->address };
      gboolean is_new = FALSE;

      for (guint n = 0; n < hits->len; n++)
        is_new |= g_array_index (hits, JmpGuardHit, n).region == files;
      for (guint n = 0; n < places->len; n++)
        is_new &= g_array_index (places, JmpGuardRegion, n).address != place.address;
      if (is_new)
        g_array_append_val (places, place);
    }
  }
  return places;
}

/* Whether bytes begin a file system: FAT's boot sector, or littlefs' superblock. */
static gboolean
is_file_system (const guint8 *data)
{
  return (data[510] == 0x55 && data[511] == 0xAA) || memcmp (data + 8, "littlefs", 8) == 0;
}

/* Whether a file system stands in one of the places. What cannot be read is none. */
static gboolean
has_files (CtlSession *session, const CtlBoard *board, const GArray *places)
{
  JmpDfuInfo *info = jmp_device_get_info (board->device);

  for (guint i = 0; i < places->len; i++) {
    const JmpGuardRegion *place = &g_array_index (places, JmpGuardRegion, i);
    g_autoptr (JmpPlan)
        plan = jmp_plan_backup_range (info, place->alt, place->address, BOOT_SECTOR, NULL);
    g_autoptr (JmpJob) job = jmp_job_new (info, open_board, board->device, NULL);
    const JmpImageTarget *read;

    if (plan == NULL)
      continue;
    jmp_job_set_plan (job, plan);
    if (!jmp_job_run (job, session->cancellable, NULL))
      continue;
    read = jmp_image_get_target (jmp_job_get_outcome (job)->read, 0);
    if (is_file_system (g_bytes_get_data (read->segments[0].bytes, NULL)))
      return TRUE;
  }
  return FALSE;
}

/**
 * ctl_guard_learn_from_flash:
 * @session: a session
 * @board: a board with a plan, of which ctl_guard_learn() learned
 * @error: %G_IO_ERROR_CANCELLED
 *
 * The ids and the map of ST's boot loader are those of many boards. Where files are that the plan could
 * take, the firmware in the flash is asked which board it is. A flash that cannot be read is no error.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ctl_guard_learn_from_flash (CtlSession *session, CtlBoard *board, GError **error)
{
  JmpCatalogue *catalogue = ctl_evidence_catalogue ();
  g_autoptr (CtlEvidence) evidence = NULL;
  g_autoptr (GArray) places = NULL;

  if (board->restores || board->regions->board != NULL || catalogue == NULL)
    return TRUE;
  places = find_places (board, catalogue);
  if (!has_files (session, board, places))
    return !g_cancellable_set_error_if_cancelled (session->cancellable, error);
  evidence = ctl_evidence_look (session, board, error);
  if (evidence == NULL)
    return FALSE;
  if (evidence->choice == NULL || evidence->choice->sure == NULL)
    return TRUE;
  jmp_regions_free (board->regions);
  board->regions = jmp_regions_new_for_device (
      catalogue, board->device, evidence->choice->sure->board->id);
  return TRUE;
}
