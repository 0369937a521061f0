/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "virtual/virtual-usb.h"

#include "base/bytes.h"
#include "base/error.h"
#include "virtual/board-private.h"

/* How long a cancel or an unplug may go unnoticed while real time passes. */
#define SLICE_US 5000

#define RESET_US   20000
#define SET_ALT_MS 5000

typedef struct {
  JmpUsb base;
  JmpVirtualBoard *board; /* (owned) */
  guint appearance;       /* the one that was opened; a later one is another device */
  gboolean claimed;
  guint8 alt; /* as chosen; a reset does not change it for the host */
} VirtualUsb;

static gboolean
is_there (VirtualUsb *self)
{
  guint appearance;

  return jmp_virtual_board_get_appearance (self->board, &appearance)
         && appearance == self->appearance;
}

static gboolean
check_there (VirtualUsb *self, GError **error)
{
  if (is_there (self))
    return TRUE;
  g_set_error_literal (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "the virtual board went away");
  return FALSE;
}

/* Lets time pass until @time_us; with @until_gone, no longer than the board is there. */
static gboolean
pass_time (VirtualUsb *self,
           gint64 time_us,
           gboolean until_gone,
           GCancellable *cancellable,
           GError **error)
{
  gint64 left;

  while ((left = jmp_virtual_board_real_until (self->board, time_us)) > 0) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (until_gone && !is_there (self))
      return TRUE;
    g_usleep ((gulong)MIN (left, SLICE_US));
  }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static GBytes *
virtual_usb_descriptors (JmpUsb *base, GError **error)
{
  VirtualUsb *self = (VirtualUsb *)base;

  return check_there (self, error) ? jmp_virtual_board_get_descriptors (self->board) : NULL;
}

static gboolean
virtual_usb_claim (JmpUsb *base, guint8 interface, GError **error)
{
  VirtualUsb *self = (VirtualUsb *)base;

  if (!check_there (self, error))
    return FALSE;
  if (interface != 0) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_FAILED, "there is no interface %u", interface);
    return FALSE;
  }
  self->claimed = jmp_virtual_board_claim (self->board, self);
  if (self->claimed)
    return TRUE;
  g_set_error_literal (
      error, JMP_ERROR, JMP_ERROR_BUSY, "interface 0 is claimed by another handle");
  return FALSE;
}

static gssize
deliver (const JmpVirtualTransfer *transfer, GError **error)
{
  switch (transfer->reply) {
  case JMP_VIRTUAL_OK:
    return (gssize)transfer->length;
  case JMP_VIRTUAL_STALL:
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_STALLED, "the virtual board stalled");
    return -1;
  case JMP_VIRTUAL_NO_ANSWER:
  case JMP_VIRTUAL_GONE:
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "the virtual board went away");
    return -1;
  }
  return -1;
}

static gssize
virtual_usb_control (JmpUsb *base,
                     const JmpUsbSetup *setup,
                     guint8 *data,
                     guint timeout_ms,
                     GCancellable *cancellable,
                     GError **error)
{
  VirtualUsb *self = (VirtualUsb *)base;
  gint64 now = jmp_virtual_board_now (self->board);
  gint64 limit = now + (gint64)timeout_ms * 1000;
  JmpVirtualTransfer transfer;
  gboolean ended;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  transfer = jmp_virtual_board_exchange (self->board, self->appearance, now, setup, data, &ended);
  if (transfer.reply == JMP_VIRTUAL_NO_ANSWER)
    transfer.done_at = G_MAXINT64;
  if (!pass_time (self, MIN (transfer.done_at, limit), !ended, cancellable, error))
    return -1;
  if (!ended && !check_there (self, error))
    return -1;
  if (transfer.done_at > limit) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_TIMED_OUT,
                 "the virtual board did not answer within %u ms",
                 timeout_ms);
    return -1;
  }
  return deliver (&transfer, error);
}

static gboolean
virtual_usb_set_alt (JmpUsb *base, guint8 interface, guint8 alt, GError **error)
{
  VirtualUsb *self = (VirtualUsb *)base;
  const JmpUsbSetup set_interface = {
    .request_type = 0x01, .request = 11, .value = alt, .index = interface
  };

  if (!self->claimed || interface != 0) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_FAILED, "interface %u is not claimed", interface);
    return FALSE;
  }
  if (virtual_usb_control (base, &set_interface, NULL, SET_ALT_MS, NULL, error) < 0)
    return FALSE;
  self->alt = alt;
  return TRUE;
}

static gboolean
virtual_usb_reset (JmpUsb *base, GError **error)
{
  VirtualUsb *self = (VirtualUsb *)base;

  if (!check_there (self, error))
    return FALSE;
  jmp_virtual_board_reset (self->board);
  jmp_virtual_board_sleep_until (self->board, jmp_virtual_board_now (self->board) + RESET_US);
  /* As the system does for libusb_reset_device(), put back what was chosen. */
  if (self->alt != 0)
    return virtual_usb_set_alt (base, 0, self->alt, error);
  return check_there (self, error);
}

static gint64
virtual_usb_now (JmpUsb *base)
{
  return jmp_virtual_board_now (((VirtualUsb *)base)->board);
}

static gboolean
virtual_usb_wait (JmpUsb *base, guint ms, GCancellable *cancellable, GError **error)
{
  VirtualUsb *self = (VirtualUsb *)base;
  gint64 end = jmp_virtual_board_now (self->board) + (gint64)ms * 1000;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return pass_time (self, end, FALSE, cancellable, error);
}

static void
virtual_usb_free (JmpUsb *base)
{
  VirtualUsb *self = (VirtualUsb *)base;

  jmp_virtual_board_release (self->board, self);
  jmp_virtual_board_unref (self->board);
  g_free (self);
}

static const JmpUsbOps virtual_usb_ops = {
  .descriptors = virtual_usb_descriptors,
  .claim = virtual_usb_claim,
  .set_alt = virtual_usb_set_alt,
  .control = virtual_usb_control,
  .reset = virtual_usb_reset,
  .now = virtual_usb_now,
  .wait = virtual_usb_wait,
  .free = virtual_usb_free,
};

/**
 * jmp_virtual_usb_open:
 * @board: a board in DFU mode
 * @error: return location for an error
 *
 * Opens the board as a USB device. Time is the board's: transfers and jmp_usb_wait() take what its
 * clock says. The handle is for this appearance of the board alone: once the board left or was
 * unplugged, every call gives %JMP_ERROR_DISCONNECTED for ever, and a new handle is needed.
 *
 * Errors: %JMP_ERROR_DISCONNECTED when the board is not in DFU mode.
 *
 * Returns: (transfer full): a handle, which keeps the board alive
 */
JmpUsb *
jmp_virtual_usb_open (JmpVirtualBoard *board, GError **error)
{
  VirtualUsb *self;
  guint appearance;

  if (!jmp_virtual_board_get_appearance (board, &appearance)) {
    g_set_error_literal (
        error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "the virtual board is not in DFU mode");
    return NULL;
  }
  self = g_new0 (VirtualUsb, 1);
  self->base.ops = &virtual_usb_ops;
  self->board = jmp_virtual_board_ref (board);
  self->appearance = appearance;
  return &self->base;
}
