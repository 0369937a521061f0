/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Waiting for a device: the polls behind a DNLOAD, and the way back to dfuIDLE. */

#include "base/error.h"
#include "dfu/dfu-private.h"

/* No work is believed that takes longer, whatever the device announces. */
#define LONGEST_MS (10 * 60 * 1000)
/* Where the device gives no poll time-out, pauses grow up to this. */
#define PAUSE_MS 100
/* Polls without a pause while the device asks for none. */
#define ZERO_POLLS 100
/* Requests that change the state, before the ladder gives up. */
#define LADDER_STEPS 8
/* The ladder's patience with a device whose earlier work may still be going on. */
#define PATIENCE_MS 40000
/* And with one that has had its time already (CubeProgrammer waits 2 s before it kicks an H743). */
#define SHORT_PATIENCE_MS 2000
/* A device that does not work answers within this time. */
#define ANSWER_MS 1000

/* When to ask again. */
typedef struct {
  JmpUsb *usb;
  gint64 start;
  guint limit_ms;
  guint rounds;
  guint pause_ms;
} Pacing;

static void
pacing_start (Pacing *self, JmpUsb *usb, guint limit_ms)
{
  *self = (Pacing){ .usb = usb, .start = jmp_usb_now (usb), .limit_ms = limit_ms };
}

static guint
pacing_left (const Pacing *self)
{
  gint64 spent_ms = (jmp_usb_now (self->usb) - self->start) / 1000;

  return spent_ms < self->limit_ms ? self->limit_ms - (guint)spent_ms : 0;
}

/* The time-out of the next poll: what is left, at least @least_ms. */
static guint
pacing_timeout (const Pacing *self, guint least_ms)
{
  guint left = pacing_left (self);

  return MAX (left, least_ms);
}

/* How long to wait before the next poll: not at all after the first, because DNBUSY is how every
 * DNLOAD begins and most devices hold the next GETSTATUS until they are done; then 1 ms, growing up to
 * the device's own poll time-out. */
static guint
pacing_next (Pacing *self, guint32 poll_ms, gboolean stalled)
{
  guint most = poll_ms != 0 ? poll_ms : PAUSE_MS;

  if (self->rounds++ == 0)
    return 0;
  if (poll_ms == 0 && !stalled && self->rounds <= ZERO_POLLS)
    return 0;
  self->pause_ms = MIN (MAX (2 * self->pause_ms, 1), most);
  return self->pause_ms;
}

/* Waits; %FALSE, without an error, when the time is up. */
static gboolean
pacing_wait (
    Pacing *self, guint32 poll_ms, gboolean stalled, GCancellable *cancellable, GError **error)
{
  guint left, ms;

  left = pacing_left (self);
  if (left == 0)
    return FALSE;
  ms = pacing_next (self, poll_ms, stalled);
  ms = MIN (ms, left);
  return ms == 0 || jmp_usb_wait (self->usb, ms, cancellable, error);
}

/* Whether a device that stands in any state counts as in dfuERROR: ST's stack uses 15, too. */
gboolean
jmp_dfu_state_is_error (guint8 state)
{
  return state >= JMP_DFU_ERROR;
}

/* Makes an error of what the device reports, with the string that it may have for it. bStatus is
 * often OK with mboot, so the state counts. */
void
jmp_dfu_set_status_error (JmpDfu *self, const JmpDfuStatus *status, GError **error)
{
  g_autofree char *text = NULL;
  gboolean vendor = status->status == JMP_DFU_ERR_VENDOR;
  gboolean old_rom = self->info->vid == 0x0483 && self->info->pid == 0xDF11
                     && self->info->bcd_device >= 0x2000;

  if (status->string != 0)
    text = jmp_usb_string (self->usb, status->string, NULL, NULL);
  /* ST's open stack has errVENDOR for any write that failed; the old ROMs only for protection */
  g_set_error (error,
               JMP_ERROR,
               vendor && old_rom ? JMP_ERROR_READ_PROTECTED : JMP_ERROR_DEVICE_STATUS,
               "the device reports %s in state %s%s%s",
               jmp_dfu_status_to_string (status->status),
               jmp_dfu_state_to_string (status->state),
               text != NULL ? ": " : "",
               text != NULL ? text : "");
}

static gboolean
is_gone (const GError *error)
{
  return g_error_matches (error, JMP_ERROR, JMP_ERROR_DISCONNECTED);
}

static gboolean
is_stall (const GError *error)
{
  return g_error_matches (error, JMP_ERROR, JMP_ERROR_STALLED);
}

static gboolean
is_timeout (const GError *error)
{
  return g_error_matches (error, JMP_ERROR, JMP_ERROR_TIMED_OUT);
}

/* Whether one more step of the ladder, or a reset, may help. */
static gboolean
may_recover (const GError *error)
{
  return is_stall (error) || is_timeout (error)
         || g_error_matches (error, JMP_ERROR, JMP_ERROR_PROTOCOL)
         || g_error_matches (error, JMP_ERROR, JMP_ERROR_DEVICE_STATUS)
         || g_error_matches (error, JMP_ERROR, JMP_ERROR_READ_PROTECTED)
         || g_error_matches (error, JMP_ERROR, JMP_ERROR_FAILED);
}

/* Out of dfuERROR; a device that stalls CLRSTATUS may take ABORT. */
static gboolean
leave_error (JmpDfu *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (jmp_dfu_clear_status (self, cancellable, &local))
    return TRUE;
  if (is_stall (local))
    return jmp_dfu_abort (self, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A device stuck in dfuDNBUSY: the H743 rev V comes out by a pair of CLRSTATUS, of which the first
 * leads to dfuERROR. */
static gboolean
kick (JmpDfu *self, GCancellable *cancellable, GError **error)
{
  if ((self->info->quirks.flags & JMP_QUIRK_NO_CLEAR_STATUS) != 0)
    return jmp_dfu_abort (self, cancellable, error);
  return leave_error (self, cancellable, error);
}

/* The request that leads from @state towards dfuIDLE. */
static gboolean
step_down (JmpDfu *self, guint8 state, GCancellable *cancellable, GError **error)
{
  switch ((JmpDfuState)state) {
  case JMP_DFU_DNLOAD_SYNC:
  case JMP_DFU_DNLOAD_IDLE:
  case JMP_DFU_MANIFEST_SYNC:
  case JMP_DFU_UPLOAD_IDLE:
    return jmp_dfu_abort (self, cancellable, error);
  case JMP_DFU_DNBUSY:
  case JMP_DFU_MANIFEST:
  case JMP_DFU_MANIFEST_WAIT_RESET:
    return kick (self, cancellable, error);
  case JMP_DFU_APP_IDLE:
  case JMP_DFU_APP_DETACH:
  case JMP_DFU_IDLE:
  case JMP_DFU_ERROR:
    break;
  }
  return leave_error (self, cancellable, error);
}

static gboolean
is_working (guint8 state)
{
  return state == JMP_DFU_DNBUSY || state == JMP_DFU_MANIFEST
         || state == JMP_DFU_MANIFEST_WAIT_RESET;
}

static gboolean
is_running (guint8 state, GError **error)
{
  if (state != JMP_DFU_APP_IDLE && state != JMP_DFU_APP_DETACH)
    return FALSE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_NOT_SUPPORTED,
               "the device runs its program, not its boot loader (%s)",
               jmp_dfu_state_to_string (state));
  return TRUE;
}

static void
set_stuck_error (JmpDfu *self, const JmpDfuStatus *status, GError **error)
{
  if (jmp_dfu_state_is_error (status->state))
    jmp_dfu_set_status_error (self, status, error);
  else if (is_working (status->state))
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_TIMED_OUT, "the device does not stop working");
  else
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_PROTOCOL,
                 "the device does not leave the state %s",
                 jmp_dfu_state_to_string (status->state));
}

/* One climb down the ladder, without a reset. */
static gboolean
climb (JmpDfu *self, guint patience_ms, GCancellable *cancellable, GError **error)
{
  JmpDfuStatus status = { .state = JMP_DFU_ERROR };
  g_autoptr (GError) last = NULL;
  Pacing pacing;
  guint steps = 0;

  pacing_start (&pacing, self->usb, patience_ms);
  while (steps < LADDER_STEPS) {
    gboolean answered;

    g_clear_error (&last);
    answered = jmp_dfu_get_status (
        self, pacing_timeout (&pacing, ANSWER_MS), &status, cancellable, &last);
    if (answered && status.state == JMP_DFU_IDLE)
      return TRUE;
    if (answered && is_running (status.state, error))
      return FALSE;
    /* nothing but a reset gets it out of there (DFU 1.1, A.2.9) */
    if (answered && status.state == JMP_DFU_MANIFEST_WAIT_RESET)
      break;
    if (is_stall (last) || (answered && is_working (status.state))) {
      g_autoptr (GError) stopped = NULL;

      if (pacing_wait (&pacing, status.poll_ms, !answered, cancellable, &stopped))
        continue;
      if (stopped != NULL) {
        g_propagate_error (error, g_steal_pointer (&stopped));
        return FALSE;
      }
    }
    if (answered)
      step_down (self, status.state, cancellable, &last);
    if (last != NULL && (!may_recover (last) || is_timeout (last)))
      break;
    steps++;
  }
  if (last != NULL)
    g_propagate_error (error, g_steal_pointer (&last));
  else
    set_stuck_error (self, &status, error);
  return FALSE;
}

/* The bus forgets the alt setting with a reset. */
static gboolean
reset (JmpDfu *self, GError **error)
{
  return jmp_usb_reset (self->usb, error)
         && (self->alt < 0
             || jmp_usb_set_alt (self->usb, self->info->interface, (guint8)self->alt, error));
}

static gboolean
to_idle (JmpDfu *self, guint patience_ms, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;

  if (climb (self, patience_ms, cancellable, &first))
    return TRUE;
  if (!may_recover (first) || g_cancellable_is_cancelled (cancellable)) {
    g_propagate_error (error, g_steal_pointer (&first));
    return FALSE;
  }
  if (!reset (self, &second)) {
    /* what is wrong with the device says more than that it cannot be reset, unless it is gone */
    if (is_gone (second))
      g_propagate_error (error, g_steal_pointer (&second));
    else
      g_propagate_error (error, g_steal_pointer (&first));
    return FALSE;
  }
  return climb (self, SHORT_PATIENCE_MS, cancellable, error);
}

/**
 * jmp_dfu_to_idle:
 * @self: an interface in DFU mode
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Brings the device to dfuIDLE from whatever state it is in: CLRSTATUS out of dfuERROR, which is
 * where a fresh ROM starts; ABORT out of the other idle states; time for one that works. One that
 * does not stop working gets the pair of CLRSTATUS that frees an H743, then one USB reset.
 *
 * Takes three transfers with a fresh ROM, less than a minute with a device that does not answer or
 * does not stop working, and two with one that answers everything late and wrong.
 *
 * Errors: those of dfu.h; %JMP_ERROR_NOT_SUPPORTED when the device runs its program.
 *
 * Returns: whether the device is in dfuIDLE
 */
gboolean
jmp_dfu_to_idle (JmpDfu *self, GCancellable *cancellable, GError **error)
{
  if (to_idle (self, PATIENCE_MS, cancellable, error))
    return TRUE;
  g_prefix_error_literal (error, "bringing the device to dfuIDLE: ");
  return FALSE;
}

/* After a command that failed: the device tidy again, if it answers; the failure stays what it was. */
static void
tidy_up (JmpDfu *self, const GError *failure)
{
  if (!is_gone (failure))
    to_idle (self, SHORT_PATIENCE_MS, NULL, NULL);
}

/* What jmp_dfu_finish_download() does; @status tells what the device said last. */
gboolean
jmp_dfu_poll (JmpDfu *self, guint limit_ms, JmpDfuStatus *status, GError **error)
{
  g_autoptr (GError) local = NULL;
  Pacing pacing;

  *status = (JmpDfuStatus){ .state = JMP_DFU_DNLOAD_SYNC };
  pacing_start (&pacing, self->usb, limit_ms);
  while (local == NULL) {
    gboolean stalled;

    jmp_dfu_get_status (self, pacing_timeout (&pacing, 1), status, NULL, &local);
    stalled = is_stall (local);
    if (stalled)
      g_clear_error (&local);
    else if (local != NULL)
      break;
    if (status->state == JMP_DFU_DNLOAD_IDLE)
      return TRUE;
    if (pacing.rounds == 0)
      pacing.limit_ms = MAX (limit_ms, MIN (2 * status->poll_ms, LONGEST_MS));
    if (jmp_dfu_state_is_error (status->state))
      jmp_dfu_set_status_error (self, status, &local);
    else if (status->state != JMP_DFU_DNBUSY && status->state != JMP_DFU_DNLOAD_SYNC)
      g_set_error (&local,
                   JMP_ERROR,
                   JMP_ERROR_PROTOCOL,
                   "the device is in state %s after a DNLOAD",
                   jmp_dfu_state_to_string (status->state));
    else if (!pacing_wait (&pacing, status->poll_ms, stalled, NULL, &local) && local == NULL)
      g_set_error (&local,
                   JMP_ERROR,
                   JMP_ERROR_TIMED_OUT,
                   "the device is still busy after %u ms",
                   pacing.limit_ms);
  }
  tidy_up (self, local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * jmp_dfu_finish_download:
 * @self: an interface to which jmp_dfu_download() was just made
 * @limit_ms: how long the work may take, in milliseconds; a device that announces long work gets
 *   twice what it announces, up to 10 minutes
 * @error: return location for a #GError
 *
 * Polls until the work that a DNLOAD brought is done (DFU 1.1, 6.1.2; AN3156, 5): two transfers where
 * the device behaves. It cannot be cancelled: half a command would leave the device where nothing
 * else can be asked of it. Asks again at once; waits only where the device answers busy more than
 * once, or stalls as the STM32F072 does while it works.
 *
 * On failure the device is in dfuIDLE again, if it still answers.
 *
 * Errors: those of dfu.h.
 *
 * Returns: whether the work was done
 */
gboolean
jmp_dfu_finish_download (JmpDfu *self, guint limit_ms, GError **error)
{
  JmpDfuStatus status;

  return jmp_dfu_poll (self, limit_ms, &status, error);
}

/* After a DNLOAD or UPLOAD that failed: where the device says why, that replaces @error, and where it
 * answers at all, it is brought to dfuIDLE. */
void
jmp_dfu_explain_stall (JmpDfu *self, JmpDfuStatus *status, GError **error)
{
  *status = (JmpDfuStatus){ .state = JMP_DFU_IDLE };
  if (is_gone (*error) || jmp_error_is_cancelled (*error))
    return;
  if (is_stall (*error) && jmp_dfu_get_status (self, SHORT_PATIENCE_MS, status, NULL, NULL)
      && jmp_dfu_state_is_error (status->state)) {
    g_clear_error (error);
    jmp_dfu_set_status_error (self, status, error);
  }
  tidy_up (self, *error);
}
