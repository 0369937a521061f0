/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/install.h"

#include "base/paths.h"
#include "device/identity.h"
#include "session/reopen.h"

/* Who does not come back in this time has given up; the board is told of as it is then. */
#define WAIT_SECONDS 600

/**
 * jmp_install_for:
 * @board: (nullable): the board of the catalogue that it certainly is
 * @catalogue: (nullable): all boards
 * @device: a board in DFU mode
 *
 * How an image is brought onto a board: what is known to be no firmware stays as it is, and what is
 * protected is found. Of a board that nobody knows, it is what all boards have that it can be.
 *
 * Returns: the options; release with jmp_install_clear()
 */
JmpInstall
jmp_install_for (JmpBoard *board, JmpCatalogue *catalogue, JmpDevice *device)
{
  JmpInstall self = { .options = JMP_PLAN_OPTIONS_DEFAULT };

  self.regions = board != NULL ? jmp_regions_new (board, jmp_device_get_info (device))
                               : jmp_regions_new_for_device (catalogue, device, NULL);
  self.options.regions = (const JmpPlanRegion *)(const void *)self.regions->plan->data;
  self.options.n_regions = self.regions->plan->len;
  self.options.special = TRUE;
  return self;
}

/**
 * jmp_install_clear:
 * @self: options
 *
 * Frees what they hold.
 */
void
jmp_install_clear (JmpInstall *self)
{
  g_clear_pointer (&self->regions, jmp_regions_free);
}

static gboolean
has_twin (JmpDevice *device, GListModel *boards)
{
  const char *serial = jmp_device_get_serial (device);
  const guint n = boards != NULL ? g_list_model_get_n_items (boards) : 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (JmpDevice) other = g_list_model_get_item (boards, i);

    if (other != device && g_strcmp0 (jmp_device_get_serial (other), serial) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Which board it is, for what an interrupted run saved of it: the same text as the command's. A
 * practice board does not outlive the program. */
static char *
make_identity (JmpDevice *device, GListModel *boards)
{
  const char *serial = jmp_device_get_serial (device);

  if (jmp_device_is_practice (device))
    return NULL;
  if (jmp_serial_is_unique (serial) && !has_twin (device, boards))
    return g_strconcat ("serial:", serial, NULL);
  return g_strconcat ("path:", jmp_device_get_path (device), NULL);
}

/* On the job's thread. */
static JmpUsb *
open_board (gpointer user_data, GError **error)
{
  return jmp_reopen_open (user_data, error);
}

/* On the job's thread. */
static JmpUsb *
reopen_board (gpointer user_data, GCancellable *cancellable, GError **error)
{
  return jmp_reopen_wait (user_data, cancellable, error);
}

static void
free_reopen (gpointer data)
{
  jmp_reopen_free (data);
}

/* What is reserved and where the person's files are, without what the person agreed to lose. */
static void
set_guard (JmpJob *job, const JmpRegions *regions, const GArray *agreed)
{
  g_autoptr (GArray) guard = g_array_new (FALSE, FALSE, sizeof (JmpGuardRegion));

  for (guint i = 0; i < regions->guard_files->len; i++) {
    const JmpGuardRegion *region = &g_array_index (regions->guard_files, JmpGuardRegion, i);
    gboolean is_agreed = FALSE;

    for (guint k = 0; agreed != NULL && k < agreed->len; k++) {
      const JmpGuardRegion *known = g_array_index (agreed, JmpGuardHit, k).region;

      is_agreed |= known->alt == region->alt && known->address == region->address;
    }
    if (!is_agreed)
      g_array_append_val (guard, *region);
  }
  jmp_job_set_guard (job, (const JmpGuardRegion *)(const void *)guard->data, guard->len);
}

/**
 * jmp_install_job_new:
 * @device: a board in DFU mode
 * @image: what to bring onto it
 * @how: how
 * @agreed: (nullable) (element-type JmpGuardHit): regions that the person agreed to lose
 * @boards: (nullable) (element-type JmpDevice): all boards that are there, to tell twins apart
 *
 * Makes the job of an installation. It waits when the board goes away: who starts it holds the
 * board's row until it has ended.
 *
 * Returns: (transfer full): the job
 */
JmpJob *
jmp_install_job_new (JmpDevice *device,
                     JmpImage *image,
                     const JmpInstall *how,
                     const GArray *agreed,
                     GListModel *boards)
{
  JmpReopen *reopen = jmp_reopen_new (device, WAIT_SECONDS);
  JmpJob *job = jmp_job_new (jmp_device_get_info (device), open_board, reopen, free_reopen);
  g_autofree char *identity = make_identity (device, boards);
  g_autofree char *recovery = jmp_paths_recovery ();
  g_autofree char *state = jmp_paths_state ();

  jmp_job_set_flash (job, image, &how->options);
  set_guard (job, how->regions, agreed);
  jmp_job_set_reopen (job, reopen_board, reopen);
  if (identity != NULL)
    jmp_job_set_recovery_dir (job, recovery, identity);
  if (!jmp_device_is_practice (device))
    jmp_job_set_speeds_dir (job, state);
  return job;
}
