/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "dfu/plain.h"

#include "base/error.h"
#include "dfu/dfu-private.h"

/* A block may reach a sector of NAND flash, or of slow SPI flash; see dfuse.c. */
#define WORK_MS 20000
/* Manifestation may copy the whole file from one memory to another. */
#define MANIFEST_MS 40000
/* Between two polls of a device that does not say how long to wait. */
#define PAUSE_MS 20
/* What a device may ask for at most before the next poll. */
#define LONGEST_PAUSE_MS 5000
/* Requests that are answered from tables. */
#define ANSWER_MS 1000
/* For a device whose descriptor gives no time in which a detach must be followed by a reset. */
#define DETACH_MS 1000

static gboolean
is_gone (const GError *error)
{
  return g_error_matches (error, JMP_ERROR, JMP_ERROR_DISCONNECTED);
}

/* Whether the device may be on its way out, or busy with the file, rather than broken. */
static gboolean
may_be_leaving (const GError *error)
{
  return g_error_matches (error, JMP_ERROR, JMP_ERROR_STALLED)
         || g_error_matches (error, JMP_ERROR, JMP_ERROR_TIMED_OUT)
         || g_error_matches (error, JMP_ERROR, JMP_ERROR_FAILED);
}

/**
 * jmp_plain_write_block:
 * @self: an interface in dfuIDLE for block 0, in dfuDNLOAD-IDLE for those behind it
 * @block: its number: the count of blocks before it, modulo 65536
 * @data: (array length=length): the bytes
 * @length: 1 to #JmpDfuInfo.transfer_size; fewer than that for the last block of a file alone
 * @cancellable: (nullable): a #GCancellable, looked at before the first transfer only
 * @error: return location for a #GError
 *
 * Downloads one block of a file (DFU 1.1, 6.1.1), and waits up to 20 seconds until the device is done
 * with it, or longer where it asks for that.
 *
 * Errors: those of dfu.h.
 *
 * Returns: whether the device says that it has it
 */
gboolean
jmp_plain_write_block (JmpDfu *self,
                       guint16 block,
                       const guint8 *data,
                       guint16 length,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GError) local = NULL;
  JmpDfuStatus status;

  if (jmp_dfu_download (self, block, data, length, cancellable, &local)) {
    if (jmp_dfu_finish_download (self, WORK_MS, &local))
      return TRUE;
  } else {
    jmp_dfu_explain_stall (self, &status, &local);
  }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * jmp_plain_read_block:
 * @self: an interface in dfuIDLE for block 0, in dfuUPLOAD-IDLE for those behind it
 * @block: its number: the count of blocks before it, modulo 65536
 * @data: (out): room for #JmpDfuInfo.transfer_size bytes
 * @cancellable: (nullable): a #GCancellable, looked at before the first transfer only
 * @error: return location for a #GError
 *
 * Uploads one block (DFU 1.1, 6.2). One that is shorter than #JmpDfuInfo.transfer_size is the last,
 * and the device is in dfuIDLE behind it.
 *
 * Errors: those of dfu.h; %JMP_ERROR_PROTOCOL when more comes than was asked for.
 *
 * Returns: the number of bytes that came, or -1
 */
gssize
jmp_plain_read_block (
    JmpDfu *self, guint16 block, guint8 *data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  JmpDfuStatus status;
  gssize got = jmp_dfu_upload (self, block, data, self->info->transfer_size, cancellable, &local);

  if (got >= 0 && got <= self->info->transfer_size)
    return got;
  if (got >= 0)
    g_set_error (
        &local, JMP_ERROR, JMP_ERROR_PROTOCOL, "a block of %" G_GSSIZE_FORMAT " bytes", got);
  jmp_dfu_explain_stall (self, &status, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return -1;
}

static guint
pause_for (const JmpDfuStatus *status)
{
  return status->poll_ms != 0 ? MIN (status->poll_ms, LONGEST_PAUSE_MS) : PAUSE_MS;
}

/* What a device says that was reset: nothing, because it left; or it is a boot loader again. */
static gboolean
look_after_reset (JmpDfu *self, JmpPlainEnd *end, GError **error)
{
  g_autoptr (GError) local = NULL;
  JmpDfuStatus status;

  *end = JMP_PLAIN_LEFT;
  if (!jmp_dfu_get_status (self, ANSWER_MS, &status, NULL, &local)) {
    if (is_gone (local) || may_be_leaving (local))
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (jmp_dfu_state_is_error (status.state)) {
    jmp_dfu_set_status_error (self, &status, error);
    return FALSE;
  }
  *end = status.state == JMP_DFU_APP_IDLE || status.state == JMP_DFU_APP_DETACH ? JMP_PLAIN_LEFT
                                                                                : JMP_PLAIN_STAYS;
  return TRUE;
}

/**
 * jmp_plain_restart:
 * @self: an interface in dfuIDLE or dfuMANIFEST-WAIT-RESET
 * @end: (out): whether it left
 * @error: return location for a #GError
 *
 * Resets the device over USB, after which one that has a program runs it (DFU 1.1, 7). Some boot
 * loaders stay where they are.
 *
 * Errors: those of usb.h; %JMP_ERROR_DEVICE_STATUS when it reports an error afterwards: it does not
 * take its program for a good one.
 *
 * Returns: whether it was reset
 */
gboolean
jmp_plain_restart (JmpDfu *self, JmpPlainEnd *end, GError **error)
{
  g_autoptr (GError) local = NULL;

  *end = JMP_PLAIN_LEFT;
  if (!jmp_usb_reset (self->usb, &local)) {
    if (is_gone (local))
      return TRUE;
    g_propagate_prefixed_error (error, g_steal_pointer (&local), "resetting the device: ");
    return FALSE;
  }
  return look_after_reset (self, end, error);
}

static void
set_state_error (guint8 state, GError **error)
{
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_PROTOCOL,
               "the device is in state %s after the end of its file",
               jmp_dfu_state_to_string (state));
}

/* One look at a device that manifests: %TRUE when it is over, with @end or @error. */
static gboolean
is_over (JmpDfu *self, const JmpDfuStatus *status, JmpPlainEnd *end, GError **error)
{
  switch ((JmpDfuState)status->state) {
  case JMP_DFU_MANIFEST_SYNC:
  case JMP_DFU_MANIFEST:
    return FALSE;
  case JMP_DFU_MANIFEST_WAIT_RESET:
    jmp_plain_restart (self, end, error);
    return TRUE;
  case JMP_DFU_IDLE:
    *end = JMP_PLAIN_STAYS;
    return TRUE;
  case JMP_DFU_APP_IDLE:
  case JMP_DFU_APP_DETACH:
    *end = JMP_PLAIN_LEFT;
    return TRUE;
  case JMP_DFU_DNLOAD_SYNC:
  case JMP_DFU_DNBUSY:
  case JMP_DFU_DNLOAD_IDLE:
  case JMP_DFU_UPLOAD_IDLE:
    set_state_error (status->state, error);
    return TRUE;
  case JMP_DFU_ERROR:
    break;
  }
  jmp_dfu_set_status_error (self, status, error);
  return TRUE;
}

/* Whether a device may leave the bus when it has its file. One that is tolerant and does not detach was
 * pulled out (DFU 1.1, 4.1.3). */
static gboolean
may_leave (const JmpDfu *self)
{
  return (self->info->attributes & JMP_DFU_MANIFESTATION_TOLERANT) == 0
         || (self->info->attributes & JMP_DFU_WILL_DETACH) != 0;
}

/* Polls until manifestation is over. A device that is not tolerant need not answer meanwhile, and
 * one that detaches goes away: that ends it well. */
static gboolean
follow (JmpDfu *self, JmpPlainEnd *end, GError **error)
{
  gint64 limit = jmp_usb_now (self->usb) + (gint64)MANIFEST_MS * 1000;
  JmpDfuStatus status = { .state = JMP_DFU_MANIFEST_SYNC };

  for (;;) {
    g_autoptr (GError) local = NULL;

    if (jmp_dfu_get_status (self, ANSWER_MS, &status, NULL, &local)) {
      gboolean over = is_over (self, &status, end, &local);

      if (over && local == NULL)
        return TRUE;
      if (over) {
        g_propagate_error (error, g_steal_pointer (&local));
        return FALSE;
      }
    } else if (is_gone (local) && may_leave (self)) {
      *end = JMP_PLAIN_LEFT;
      return TRUE;
    } else if (!may_be_leaving (local) || jmp_usb_now (self->usb) >= limit) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    if (jmp_usb_now (self->usb) >= limit) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_TIMED_OUT,
                   "the device stays in state %s",
                   jmp_dfu_state_to_string (status.state));
      return FALSE;
    }
    if (!jmp_usb_wait (self->usb, pause_for (&status), NULL, error))
      return FALSE;
  }
}

/**
 * jmp_plain_manifest:
 * @self: an interface in dfuDNLOAD-IDLE
 * @block: the number behind the file's last block, modulo 65536
 * @end: (out): whether it left
 * @cancellable: (nullable): a #GCancellable, looked at before the first transfer only
 * @error: return location for a #GError
 *
 * Ends a download with an empty DNLOAD, and follows what becomes of it (DFU 1.1, 6.1.1 and 7): the
 * device makes the file its program and is in dfuIDLE again; or it goes away by itself; or it waits for
 * a USB reset, which it gets. Takes 40 seconds at most. Going away before the empty DNLOAD was taken is
 * an error; afterwards it is how a download ends, unless the device says that it stays.
 *
 * Where this fails, the device is left as it is: the ladder of jmp_dfu_to_idle() would disturb it.
 *
 * Errors: those of dfu.h.
 *
 * Returns: whether the device has its file
 */
gboolean
jmp_plain_manifest (
    JmpDfu *self, guint16 block, JmpPlainEnd *end, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;

  *end = JMP_PLAIN_STAYS;
  if (jmp_dfu_download (self, block, NULL, 0, cancellable, &local) && follow (self, end, &local))
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&local), "ending the download: ");
  return FALSE;
}

/**
 * jmp_plain_detach:
 * @self: an interface of a program that runs
 * @cancellable: (nullable): a #GCancellable, looked at before the first transfer only
 * @error: return location for a #GError
 *
 * Asks the program to go into DFU mode (DFU 1.1, 5.1): the device leaves the bus, by itself where its
 * attributes say so, or on the USB reset that it gets within its wDetachTimeOut. It comes back as
 * another device, perhaps with another product id.
 *
 * Errors: those of usb.h.
 *
 * Returns: whether it will
 */
gboolean
jmp_plain_detach (JmpDfu *self, GCancellable *cancellable, GError **error)
{
  guint16 timeout_ms = self->info->detach_timeout_ms != 0 ? self->info->detach_timeout_ms
                                                          : DETACH_MS;
  g_autoptr (GError) local = NULL;

  if (!jmp_dfu_detach (self, timeout_ms, cancellable, &local)) {
    /* some leave before they have acknowledged it */
    if (is_gone (local))
      return TRUE;
    if ((self->info->attributes & JMP_DFU_WILL_DETACH) == 0 || !may_be_leaving (local)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    return TRUE;
  }
  if ((self->info->attributes & JMP_DFU_WILL_DETACH) != 0 || jmp_usb_reset (self->usb, &local)
      || is_gone (local))
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&local), "resetting the device: ");
  return FALSE;
}
