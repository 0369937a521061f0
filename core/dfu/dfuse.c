/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "dfu/dfuse.h"

#include "base/bytes.h"
#include "base/error.h"
#include "dfu/dfu-private.h"

/* Commands are DNLOADs of block 0 (AN3156, 5). */
#define COMMAND_BLOCK 0
#define SET_ADDRESS   0x21
#define ERASE         0x41

/* Time that work may take at the very most. Boot loaders that work inside a control transfer hold
 * the answer, and peers needed 20 s there; the data sheets' worst sectors (128 KiB: 4 s, 256 KiB: 8 s,
 * with 8-bit parallelism) and slow SPI flash stay far below this. */
#define WORK_MS          20000
#define ERASE_MS_PER_KIB 100
/* F4 parts need 32 s for 1 MiB (DS8626, table 40), and say 100 ms. */
#define MASS_ERASE_MS         40000
#define MASS_ERASE_MS_PER_KIB 50
#define MASS_ERASE_MOST_MS    (10 * 60 * 1000)

/* A device that leaves answers within this time, or never. */
#define LEAVE_MS 2000
/* Between two looks at a device that erases itself and answers meanwhile. */
#define UNPROTECT_PAUSE_MS 100
/* Some boot loaders neither answer nor stall the Get command. */
#define GET_COMMANDS_MS 1000

/* errVENDOR for what changes nothing means read-out protection. */
static void
blame_protection (const JmpDfuStatus *status, GError *error)
{
  if (status->status == JMP_DFU_ERR_VENDOR
      && g_error_matches (error, JMP_ERROR, JMP_ERROR_DEVICE_STATUS))
    error->code = JMP_ERROR_READ_PROTECTED;
}

/* A DNLOAD and the polls behind it; @status has what the device said last. */
static gboolean
download_and_work (JmpDfu *self,
                   guint16 block,
                   const guint8 *data,
                   guint16 length,
                   guint limit_ms,
                   JmpDfuStatus *status,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GError) local = NULL;

  if (jmp_dfu_download (self, block, data, length, cancellable, &local)) {
    if (jmp_dfu_poll (self, limit_ms, status, &local))
      return TRUE;
  } else {
    jmp_dfu_explain_stall (self, status, &local);
  }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A command with an address. */
static gboolean
address_command (JmpDfu *self,
                 guint8 command,
                 guint32 address,
                 guint limit_ms,
                 JmpDfuStatus *status,
                 GCancellable *cancellable,
                 GError **error)
{
  guint8 data[5] = { command };

  jmp_put_u32 (data + 1, address);
  return download_and_work (
      self, COMMAND_BLOCK, data, sizeof data, limit_ms, status, cancellable, error);
}

/**
 * jmp_dfuse_set_address:
 * @self: an interface in dfuIDLE or dfuDNLOAD-IDLE
 * @address: where block %JMP_DFUSE_FIRST_BLOCK shall be
 * @cancellable: (nullable): a #GCancellable, looked at before the first transfer only
 * @error: return location for a #GError
 *
 * Sets the address pointer (AN3156, 5.2). The device is in dfuDNLOAD-IDLE afterwards.
 *
 * Errors: those of dfu.h; %JMP_ERROR_READ_PROTECTED when the device's memory is protected.
 *
 * Returns: whether it is set
 */
gboolean
jmp_dfuse_set_address (JmpDfu *self, guint32 address, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  JmpDfuStatus status = { .status = 0 };

  if (address_command (self, SET_ADDRESS, address, WORK_MS, &status, cancellable, &local))
    return TRUE;
  blame_protection (&status, local);
  g_propagate_prefixed_error (
      error, g_steal_pointer (&local), "setting the address 0x%08X: ", address);
  return FALSE;
}

/**
 * jmp_dfuse_erase_sector:
 * @self: an interface in dfuIDLE or dfuDNLOAD-IDLE
 * @sector: a sector of the memory that is selected
 * @cancellable: (nullable): a #GCancellable, looked at before the first transfer only
 * @error: return location for a #GError
 *
 * Erases one sector (AN3156, 5.3). Its first address is sent: some boot loaders erase nothing for any
 * other. Takes 20 seconds and a tenth for each KiB at most. That the device reports no error does not
 * prove that it is blank: write-protected sectors are passed over in silence.
 *
 * Errors: those of dfu.h; %JMP_ERROR_WRITE_PROTECTED, with nothing sent, when the memory map does not
 * let the sector be erased.
 *
 * Returns: whether the device says that it is erased
 */
gboolean
jmp_dfuse_erase_sector (JmpDfu *self,
                        const JmpSector *sector,
                        GCancellable *cancellable,
                        GError **error)
{
  guint limit_ms = WORK_MS + sector->size / 1024 * ERASE_MS_PER_KIB;
  JmpDfuStatus status;

  if ((sector->access & JMP_ACCESS_ERASE) == 0) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_WRITE_PROTECTED,
                 "the sector at 0x%08X cannot be erased",
                 sector->address);
    return FALSE;
  }
  if (address_command (self, ERASE, sector->address, limit_ms, &status, cancellable, error))
    return TRUE;
  g_prefix_error (error, "erasing 0x%08X: ", sector->address);
  return FALSE;
}

/* By the size of the memory that is selected. */
static guint
mass_erase_limit (JmpDfu *self)
{
  const JmpDfuAlt *alt = jmp_dfu_info_find_alt (self->info, (guint8)MAX (self->alt, 0));
  guint64 size = alt != NULL && alt->layout != NULL ? jmp_layout_get_size (alt->layout) : 0;
  guint64 limit_ms = MASS_ERASE_MS + size / 1024 * MASS_ERASE_MS_PER_KIB;

  return (guint)MIN (limit_ms, MASS_ERASE_MOST_MS);
}

/**
 * jmp_dfuse_mass_erase:
 * @self: an interface in dfuIDLE or dfuDNLOAD-IDLE
 * @cancellable: (nullable): a #GCancellable, looked at before the first transfer only
 * @error: return location for a #GError
 *
 * Erases all that the boot loader lets be erased (AN3156, 5.3). Takes 40 seconds and a twentieth for
 * each KiB at most, and never more than 10 minutes. Boot loaders on ST's open stack report success and
 * do nothing: look whether the memory is blank.
 *
 * Errors: those of dfu.h.
 *
 * Returns: whether the device says that it is erased
 */
gboolean
jmp_dfuse_mass_erase (JmpDfu *self, GCancellable *cancellable, GError **error)
{
  static const guint8 command[] = { ERASE };
  JmpDfuStatus status;

  if (download_and_work (self,
                         COMMAND_BLOCK,
                         command,
                         sizeof command,
                         mass_erase_limit (self),
                         &status,
                         cancellable,
                         error))
    return TRUE;
  g_prefix_error_literal (error, "erasing everything: ");
  return FALSE;
}

static gboolean
check_block (JmpDfu *self, guint16 block, guint16 length, GError **error)
{
  if (block >= JMP_DFUSE_FIRST_BLOCK && block <= JMP_DFUSE_LAST_BLOCK && length > 0
      && length <= self->info->transfer_size)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_USAGE,
               "block %u of %u bytes, where blocks have up to %u",
               block,
               length,
               self->info->transfer_size);
  return FALSE;
}

/**
 * jmp_dfuse_write_block:
 * @self: an interface in dfuIDLE or dfuDNLOAD-IDLE
 * @block: block number, from %JMP_DFUSE_FIRST_BLOCK to %JMP_DFUSE_LAST_BLOCK
 * @data: (array length=length): the bytes
 * @length: how many: 1 to #JmpDfuInfo.transfer_size
 * @cancellable: (nullable): a #GCancellable, looked at before the first transfer only
 * @error: return location for a #GError
 *
 * Writes one block at pointer + (block - 2) * wTransferSize (AN3156, 5.1). A block that is shorter
 * than the transfer size belongs directly behind jmp_dfuse_set_address(), with number
 * %JMP_DFUSE_FIRST_BLOCK: boot loaders do not agree on what its number would mean otherwise.
 *
 * Errors: those of dfu.h; %JMP_ERROR_USAGE for a number or length out of range.
 *
 * Returns: whether the device says that it is written
 */
gboolean
jmp_dfuse_write_block (JmpDfu *self,
                       guint16 block,
                       const guint8 *data,
                       guint16 length,
                       GCancellable *cancellable,
                       GError **error)
{
  JmpDfuStatus status;

  return check_block (self, block, length, error)
         && download_and_work (self, block, data, length, WORK_MS, &status, cancellable, error);
}

/**
 * jmp_dfuse_read_block:
 * @self: an interface in dfuIDLE or dfuUPLOAD-IDLE
 * @block: block number, from %JMP_DFUSE_FIRST_BLOCK to %JMP_DFUSE_LAST_BLOCK
 * @data: (out) (array length=length): where the bytes go
 * @length: how many: 1 to #JmpDfuInfo.transfer_size
 * @cancellable: (nullable): a #GCancellable, looked at before the first transfer only
 * @error: return location for a #GError
 *
 * Reads one block from pointer + (block - 2) * wTransferSize (AN3156, 5.4): one transfer. What was said
 * of short blocks at jmp_dfuse_write_block() holds here too. Reading past the end of the memory may
 * crash the boot loader: the caller keeps to the memory map.
 *
 * Errors: those of dfu.h; %JMP_ERROR_PROTOCOL when fewer bytes come; %JMP_ERROR_READ_PROTECTED;
 * %JMP_ERROR_USAGE for a number or length out of range.
 *
 * Returns: whether all of @data is set
 */
gboolean
jmp_dfuse_read_block (JmpDfu *self,
                      guint16 block,
                      guint8 *data,
                      guint16 length,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GError) local = NULL;
  JmpDfuStatus status = { .status = 0 };
  gssize got;

  if (!check_block (self, block, length, error))
    return FALSE;
  got = jmp_dfu_upload (self, block, data, length, cancellable, &local);
  if (got == length)
    return TRUE;
  if (got >= 0)
    g_set_error (&local,
                 JMP_ERROR,
                 JMP_ERROR_PROTOCOL,
                 "%" G_GSSIZE_FORMAT " bytes came of %u in block %u",
                 got,
                 length,
                 block);
  jmp_dfu_explain_stall (self, &status, &local);
  blame_protection (&status, local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * jmp_dfuse_get_commands:
 * @self: an interface in dfuIDLE
 * @cancellable: (nullable): a #GCancellable, looked at before the first transfer only
 * @error: return location for a #GError
 *
 * Asks which commands the boot loader knows (AN3156, 5.4.1), for instance 00 21 41 92. Nothing else
 * depends on the answer, and not every boot loader gives one.
 *
 * Errors: those of dfu.h; %JMP_ERROR_NOT_SUPPORTED, with nothing sent, for a device that is known not
 * to answer.
 *
 * Returns: (transfer full): the command bytes; the device is in dfuIDLE
 */
GBytes *
jmp_dfuse_get_commands (JmpDfu *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  JmpDfuStatus status;
  guint8 data[16];
  gssize got;

  if ((self->info->quirks.flags & JMP_QUIRK_NO_GET_COMMANDS) != 0) {
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "no Get command");
    return NULL;
  }
  got = jmp_dfu_request (self,
                         JMP_DFU_REQUEST_UPLOAD,
                         COMMAND_BLOCK,
                         data,
                         sizeof data,
                         GET_COMMANDS_MS,
                         cancellable,
                         &local);
  /* some stay in dfuIDLE, where ABORT is allowed too */
  if (got >= 0 && jmp_dfu_abort (self, NULL, &local))
    return g_bytes_new (data, MIN ((gsize)got, sizeof data));
  jmp_dfu_explain_stall (self, &status, &local);
  g_propagate_prefixed_error (error, g_steal_pointer (&local), "asking for the commands: ");
  return NULL;
}

/* Whether an error on the way out means that the device has left. */
static gboolean
has_left (const GError *error)
{
  return g_error_matches (error, JMP_ERROR, JMP_ERROR_STALLED)
         || g_error_matches (error, JMP_ERROR, JMP_ERROR_DISCONNECTED)
         || g_error_matches (error, JMP_ERROR, JMP_ERROR_TIMED_OUT)
         || g_error_matches (error, JMP_ERROR, JMP_ERROR_FAILED);
}

/* The GETSTATUS that makes the device go. */
static gboolean
check_leaving (JmpDfu *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  JmpDfuStatus status;

  if (!jmp_dfu_get_status (self, LEAVE_MS, &status, NULL, &local)) {
    if (has_left (local))
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (jmp_dfu_state_is_error (status.state)) {
    jmp_dfu_set_status_error (self, &status, error);
    return FALSE;
  }
  if (status.state == JMP_DFU_DNLOAD_IDLE || status.state == JMP_DFU_UPLOAD_IDLE) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_PROTOCOL,
                 "the device stays in state %s",
                 jmp_dfu_state_to_string (status.state));
    return FALSE;
  }
  return TRUE;
}

/* Polls a device that erases itself until it is gone; TRUE when it is. */
static gboolean
wait_until_gone (JmpDfu *self, guint limit_ms, GError **error)
{
  gint64 end = jmp_usb_now (self->usb) + (gint64)limit_ms * 1000;

  do {
    g_autoptr (GError) local = NULL;
    JmpDfuStatus status;

    if (!jmp_dfu_get_status (self, limit_ms, &status, NULL, &local)) {
      if (has_left (local))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    if (jmp_dfu_state_is_error (status.state)) {
      jmp_dfu_set_status_error (self, &status, error);
      return FALSE;
    }
    if (status.state != JMP_DFU_DNBUSY && status.state != JMP_DFU_DNLOAD_SYNC) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_NOT_SUPPORTED,
                   "the device took the command and did not restart, as if it had none such");
      return FALSE;
    }
    jmp_usb_wait (self->usb, UNPROTECT_PAUSE_MS, NULL, NULL);
  } while (jmp_usb_now (self->usb) < end);
  g_set_error (
      error, JMP_ERROR, JMP_ERROR_TIMED_OUT, "the device is still busy after %u ms", limit_ms);
  return FALSE;
}

/**
 * jmp_dfuse_read_unprotect:
 * @self: an interface in dfuIDLE or dfuDNLOAD-IDLE
 * @cancellable: (nullable): a #GCancellable, looked at before the first transfer only
 * @error: return location for a #GError
 *
 * Removes the read-out protection (AN3156, "Read Unprotect command"): the device erases all of its
 * flash, then resets and leaves the bus. That it left does not prove that it is open now: read it when
 * it is back. Takes as long as jmp_dfuse_mass_erase() at most. Nothing in the program sends this unless
 * the person asked for exactly this.
 *
 * Errors: those of dfu.h; %JMP_ERROR_NOT_SUPPORTED when the device says that it is done and stays, as
 * boot loaders on ST's open stack do, which have no such command.
 *
 * Returns: whether the device has gone
 */
gboolean
jmp_dfuse_read_unprotect (JmpDfu *self, GCancellable *cancellable, GError **error)
{
  static const guint8 command[] = { JMP_DFUSE_READ_UNPROTECT };
  g_autoptr (GError) local = NULL;
  JmpDfuStatus status;

  if (!jmp_dfu_download (self, COMMAND_BLOCK, command, sizeof command, cancellable, &local))
    jmp_dfu_explain_stall (self, &status, &local);
  else if (wait_until_gone (self, mass_erase_limit (self), &local))
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&local), "removing the read protection: ");
  return FALSE;
}

/**
 * jmp_dfuse_leave:
 * @self: an interface in dfuIDLE or dfuDNLOAD-IDLE
 * @address: where the program begins: the address of its vector table
 * @cancellable: (nullable): a #GCancellable, looked at before the first transfers only
 * @error: return location for a #GError
 *
 * Starts the program (AN3156, 5.5): sets the address, sends an empty DNLOAD, and asks for the status.
 * The DNLOAD has block number 0, as commands have and as MicroPython's own tool sends it; devices do
 * not look at it. The device may answer the last request, stall it, or be gone already: all of that is
 * success. A device that stays in an error is not.
 *
 * Errors: those of dfu.h.
 *
 * Returns: whether the device left, or is about to
 */
gboolean
jmp_dfuse_leave (JmpDfu *self, guint32 address, GCancellable *cancellable, GError **error)
{
  gboolean without_status = (self->info->quirks.flags & JMP_QUIRK_LEAVE_WITHOUT_STATUS) != 0;
  g_autoptr (GError) local = NULL;
  JmpDfuStatus status;

  if (!jmp_dfuse_set_address (self, address, cancellable, &local)) {
    g_propagate_prefixed_error (error, g_steal_pointer (&local), "leaving: ");
    return FALSE;
  }
  if (!jmp_dfu_download (self, COMMAND_BLOCK, NULL, 0, cancellable, &local)) {
    if (without_status && has_left (local))
      return TRUE;
    jmp_dfu_explain_stall (self, &status, &local);
  } else if (without_status || check_leaving (self, &local)) {
    return TRUE;
  }
  g_propagate_prefixed_error (error, g_steal_pointer (&local), "leaving: ");
  return FALSE;
}
