/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/guard.h"

#include "base/error.h"
#include "base/paths.h"
#include "board/known-boards.h"
#include "jumperctl/consent.h"
#include "jumperctl/evidence.h"
#include "jumperctl/released.h"
#include "words/words-regions.h"
#include "words/words.h"

#include <glib/gi18n.h>

/* Which board the person said that it is: on this command line, or once for its serial number. */
static char *
find_said (const CtlSession *session, const CtlBoard *board)
{
  const char *released = ctl_released_board_id (session);
  const char *serial = jmp_device_get_serial (board->device);
  g_autoptr (JmpKnownBoards) known = NULL;
  g_autoptr (JmpKnownBoard) found = NULL;

  if (session->options.board != NULL)
    return g_strdup (session->options.board);
  if (released != NULL)
    return g_strdup (released);
  if (serial == NULL || jmp_device_is_practice (board->device))
    return NULL;
  known = jmp_known_boards_new (NULL);
  found = jmp_known_boards_find (known, serial);
  return found != NULL ? g_strdup (found->board_id) : NULL;
}

/* What --board says must be possible. */
static gboolean
check_said (const CtlSession *session,
            const CtlBoard *board,
            JmpCatalogue *catalogue,
            GError **error)
{
  const char *name = session->options.board;
  JmpBoard *said;

  if (name == NULL)
    return TRUE;
  said = catalogue != NULL ? jmp_catalogue_find_board (catalogue, name) : NULL;
  if (said != NULL && jmp_board_fits (said, jmp_device_get_info (board->device)) != JMP_FIT_NO)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               said != NULL ? JMP_ERROR_MISMATCH : JMP_ERROR_USAGE,
               said != NULL ? "--board %s: %s cannot be that: its ids or its memory are others"
                            : "--board %s: no such board is known (for %s)",
               name,
               board->label);
  return FALSE;
}

/**
 * ctl_guard_learn:
 * @session: a session
 * @board: a board with a device
 * @error: %JMP_ERROR_USAGE or %JMP_ERROR_MISMATCH for a --board that is not known or cannot be
 *
 * Finds out what stands where on the board.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ctl_guard_learn (CtlSession *session, CtlBoard *board, GError **error)
{
  JmpCatalogue *catalogue = ctl_evidence_catalogue ();
  g_autofree char *said = NULL;

  if (!check_said (session, board, catalogue, error))
    return FALSE;
  said = find_said (session, board);
  g_clear_pointer (&board->regions, jmp_regions_free);
  board->regions = jmp_regions_new_for_device (catalogue, board->device, said);
  return TRUE;
}

/**
 * ctl_guard_options:
 * @session: a session
 * @board: a board of it, of which ctl_guard_learn() learned
 *
 * How the board is flashed: as the session says, with what is known of its memory. Memory that is
 * special is left to the guard.
 *
 * Returns: the options; they borrow from @board
 */
JmpPlanOptions
ctl_guard_options (const CtlSession *session, const CtlBoard *board)
{
  JmpPlanOptions how = session->how;

  if (board->regions == NULL)
    return how;
  how.special = TRUE;
  how.regions = (const JmpPlanRegion *)(const void *)board->regions->plan->data;
  how.n_regions = board->regions->plan->len;
  return how;
}

/**
 * ctl_guard_is_named:
 * @session: a session
 * @name: the name of a region
 * @code: the code of its kind
 *
 * Returns: whether --overwrite names it
 */
gboolean
ctl_guard_is_named (const CtlSession *session, const char *name, const char *code)
{
  const JmpGuardRegion region = { .name = name, .code = code };

  for (char **typed = session->options.overwrite; typed != NULL && *typed != NULL; typed++) {
    if (jmp_regions_is_called (&region, *typed))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_allowed (const CtlSession *session, const CtlBoard *board, const JmpGuardRegion *region)
{
  if (ctl_guard_is_named (session, region->name, region->code))
    return TRUE;
  for (guint i = 0; i < board->agreed->len; i++) {
    if (g_str_equal (g_ptr_array_index (board->agreed, i), region->name))
      return TRUE;
  }
  return FALSE;
}

/* What is protected. Who puts a backup back wants the files that are in it. */
static const GArray *
get_guard (const CtlBoard *board)
{
  return board->restores ? board->regions->guard : board->regions->guard_files;
}

static GArray *
find_hits (const CtlBoard *board, JmpPlan *plan)
{
  const GArray *guard = get_guard (board);

  return jmp_guard_find (plan, (const JmpGuardRegion *)(const void *)guard->data, guard->len);
}

static JmpUsb *
open_board (gpointer user_data, GError **error)
{
  return jmp_device_open (user_data, error);
}

/* What will really be changed: where the board holds the right bytes already, nothing is. */
static JmpPlan *
look (CtlSession *session, CtlBoard *board, GError **error)
{
  const JmpPlanOptions how = ctl_guard_options (session, board);
  g_autoptr (JmpJob)
      job = jmp_job_new (jmp_device_get_info (board->device), open_board, board->device, NULL);

  jmp_job_set_flash (job, session->image, &how);
  jmp_job_set_dry_run (job, TRUE);
  if (!jmp_job_run (job, session->cancellable, error))
    return NULL;
  return jmp_plan_ref (jmp_job_get_plan (job));
}

/* Asks for one region, unless it was named. */
static gboolean
ask (CtlSession *session, CtlBoard *board, const JmpGuardHit *hit, GError **error)
{
  g_autofree char *words = jmp_words_guard_hit (hit);
  g_autofree char *question = g_strdup_printf ("%s: %s", board->label, words);

  if (is_allowed (session, board, hit->region))
    return TRUE;
  if (session->options.dry_run) {
    ctl_board_warn (board, "%s", words);
    return TRUE;
  }
  if (!ctl_consent_typed (session, question, hit->region->name, hit->region->name, error))
    return FALSE;
  g_ptr_array_add (board->agreed, g_strdup (hit->region->name));
  return TRUE;
}

/**
 * ctl_guard_check:
 * @session: a session
 * @board: a board with a plan, of which ctl_guard_learn() learned
 * @error: %JMP_ERROR_REFUSED, and what looking at the board may give
 *
 * Whether the plan may be carried out: what it changes of protected regions, the person must have
 * named, or names now. With --dry-run it is a warning.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ctl_guard_check (CtlSession *session, CtlBoard *board, GError **error)
{
  g_autoptr (GArray) hits = NULL;

  if (!ctl_guard_learn_from_flash (session, board, error))
    return FALSE;
  hits = find_hits (board, board->plan);
  if (hits->len > 0 && session->image != NULL) {
    g_autoptr (JmpPlan) plan = look (session, board, error);

    if (plan == NULL)
      return FALSE;
    g_array_unref (hits);
    hits = find_hits (board, plan);
  }
  for (guint i = 0; i < hits->len; i++) {
    if (!ask (session, board, &g_array_index (hits, JmpGuardHit, i), error))
      return FALSE;
  }
  g_clear_pointer (&board->hits, g_array_unref);
  board->hits = g_steal_pointer (&hits);
  return TRUE;
}

static gboolean
make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_REFUSED,
               "%s: no place for the backup of what is protected: name one with --backup",
               folder);
  return FALSE;
}

/* A file of the data folder that is not there yet: which board, and when. */
static char *
make_path (const CtlBoard *board, GError **error)
{
  g_autofree char *data = jmp_paths_data ();
  g_autofree char *folder = g_build_filename (data, "region-backups", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");

  if (!make_folder (folder, error))
    return NULL;
  for (guint n = 1;; n++) {
    g_autofree char *end = n == 1 ? g_strdup_printf ("-%s.dfu", time)
                                  : g_strdup_printf ("-%s-%u.dfu", time, n);
    g_autofree char *name = ctl_board_file_name (board, end);
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&path);
  }
}

/* Option bytes and their like are in no backup that can be put back by itself: what was in them is kept in
 * a file of its own, for who knows what they do. */
static gboolean
has_special (const CtlBoard *board)
{
  JmpDfuInfo *info = jmp_device_get_info (board->device);

  for (guint i = 0; i < board->hits->len; i++) {
    const JmpGuardRegion *region = g_array_index (board->hits, JmpGuardHit, i).region;
    const JmpDfuAlt *alt = jmp_dfu_info_find_alt (info, region->alt);

    if (alt != NULL && alt->layout != NULL && jmp_plan_is_special (alt))
      return TRUE;
  }
  return FALSE;
}

/* Among the other backups of the board. */
static gboolean
choose_store (CtlBoard *board, GError **error)
{
  g_autofree char *data = jmp_paths_data ();
  g_autofree char *folder = g_build_filename (data, "backups", NULL);
  g_autofree char *identity = jmp_backup_identity (board->device, NULL);
  g_autoptr (JmpBackupStore) store = NULL;
  const JmpBackupLabel label = {
    .identity = identity,
    .info = jmp_device_get_info (board->device),
    .board_name = jmp_device_get_name (board->device),
    .board_id = board->regions->board != NULL ? board->regions->board->id : NULL,
    .reason = JMP_BACKUP_REGION,
  };

  if (!make_folder (folder, error))
    return FALSE;
  store = jmp_backup_store_new (NULL);
  board->keeper = jmp_backup_keeper_new (store, &label);
  return TRUE;
}

/* Where the regions are kept: in the file that was named, which is not replaced by accident; else with
 * the other backups. */
static gboolean
choose_path (CtlSession *session, CtlBoard *board, GError **error)
{
  if (board->backup_path != NULL)
    return TRUE;
  board->backup_path = ctl_session_make_path (session, board, session->options.backup, ".dfu");
  if (board->backup_path == NULL && !has_special (board))
    return choose_store (board, error);
  if (board->backup_path == NULL)
    board->backup_path = make_path (board, error);
  return board->backup_path != NULL && jmp_backup_file_check (board->backup_path, FALSE, error);
}

/**
 * ctl_guard_keep:
 * @session: a session
 * @board: a board that ctl_guard_check() let pass
 * @error: %JMP_ERROR_REFUSED and others where there is no place for a backup or what it reads cannot be
 *   read
 *
 * Adds the protected regions that will be changed to the backup that is made first, which is made even
 * where nobody asked for one.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ctl_guard_keep (CtlSession *session, CtlBoard *board, GError **error)
{
  JmpDfuInfo *info = jmp_device_get_info (board->device);
  JmpPlan *backup;

  if (board->hits == NULL || board->hits->len == 0)
    return TRUE;
  backup = jmp_guard_plan_backup (info, board->backup, board->hits, error);
  if (backup == NULL) {
    g_prefix_error (error, "planning the backup of what is protected: ");
    return FALSE;
  }
  g_clear_pointer (&board->backup, jmp_plan_unref);
  board->backup = backup;
  return choose_path (session, board, error);
}

/**
 * ctl_guard_set_job:
 * @board: a board
 * @job: its job
 *
 * Gives the job what it must not change, whatever it finds on the board.
 */
void
ctl_guard_set_job (const CtlBoard *board, JmpJob *job)
{
  g_autoptr (GArray) guard = g_array_new (FALSE, FALSE, sizeof (JmpGuardRegion));
  const GArray *all;

  if (board->regions == NULL)
    return;
  all = get_guard (board);
  for (guint i = 0; i < all->len; i++) {
    const JmpGuardRegion *region = &g_array_index (all, JmpGuardRegion, i);
    gboolean agreed = FALSE;

    for (guint h = 0; board->hits != NULL && h < board->hits->len && !agreed; h++)
      agreed = g_array_index (board->hits, JmpGuardHit, h).region == region;
    if (!agreed)
      g_array_append_val (guard, *region);
  }
  jmp_job_set_guard (job, (const JmpGuardRegion *)(const void *)guard->data, guard->len);
}

/**
 * ctl_guard_writes_options:
 * @session: a session
 *
 * Whether --overwrite names the option bytes: a board restarts when they are written.
 *
 * Returns: %FALSE where it does not
 */
gboolean
ctl_guard_writes_options (const CtlSession *session)
{
  return ctl_guard_is_named (
      session, "option bytes", jmp_region_kind_to_string (JMP_REGION_OPTION_BYTES));
}

/**
 * ctl_guard_find_backup:
 * @board: a board
 *
 * Returns: (transfer full) (nullable) (type filename): the file of the backup that was made before the
 *   work on it
 */
char *
ctl_guard_find_backup (const CtlBoard *board)
{
  const JmpBackup *backup = board->keeper != NULL ? jmp_backup_keeper_get_backup (board->keeper)
                                                  : NULL;

  if (board->job == NULL)
    return NULL;
  return backup != NULL ? g_build_filename (backup->folder, JMP_BACKUP_FILE, NULL)
                        : g_strdup (board->backup_path);
}

/**
 * ctl_guard_report:
 * @session: a session whose work has ended well
 * @board: a board of it
 *
 * Says where the backup of what was protected is.
 */
void
ctl_guard_report (CtlSession *session, const CtlBoard *board)
{
  g_autofree char *path = ctl_guard_find_backup (board);
  g_autofree char *name = NULL;

  if (board->hits == NULL || board->hits->len == 0 || path == NULL)
    return;
  name = g_filename_display_name (path);
  ctl_session_print (session, _ ("What was there before is kept in %s.\n"), name);
}
