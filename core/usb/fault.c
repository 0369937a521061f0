/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "usb/fault.h"

#include "base/error.h"

/* Any number but 0 will do; a fixed one, so that a run can be repeated. */
#define FIRST_SEED 0x4A554D50

typedef struct {
  guint64 transfer;
  JmpFault fault;
} Planned;

typedef struct {
  JmpUsb base;
  JmpUsb *inner;
  GArray *planned; /* of Planned */
  double probability[JMP_FAULT_N];
  guint32 random;
  guint64 transfers;
  guint injected;
  gboolean gone;
} JmpUsbFault;

/* Marsaglia's xorshift32: the same numbers on every platform, as GLib does not promise. */
static guint32
next_random (JmpUsbFault *self)
{
  guint32 x = self->random;

  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  self->random = x;
  return x;
}

static gboolean
needs_in (JmpFault fault)
{
  return fault == JMP_FAULT_SHORT_READ || fault == JMP_FAULT_CORRUPT;
}

static gboolean
fits (JmpFault fault, const JmpUsbSetup *setup)
{
  return !needs_in (fault) || ((setup->request_type & 0x80) != 0 && setup->length > 0);
}

/* Returns: the fault of this transfer, or -1 */
static int
choose (JmpUsbFault *self, const JmpUsbSetup *setup)
{
  int chosen = -1;

  for (guint i = 0; i < self->planned->len; i++) {
    Planned planned = g_array_index (self->planned, Planned, i);

    if (planned.transfer <= self->transfers && fits (planned.fault, setup)) {
      g_array_remove_index (self->planned, i);
      return (int)planned.fault;
    }
  }
  /* one number for each kind, whatever comes of it, keeps the same seed the same */
  for (int fault = 0; fault < JMP_FAULT_N; fault++) {
    gboolean hit = next_random (self) < self->probability[fault] * 4294967296.0;

    if (hit && chosen < 0 && fits ((JmpFault)fault, setup))
      chosen = fault;
  }
  return chosen;
}

static gboolean
set_gone (GError **error)
{
  g_set_error_literal (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "the device is gone");
  return FALSE;
}

/* What the device never sees. */
static void
refuse (
    JmpUsbFault *self, JmpFault fault, guint timeout_ms, GCancellable *cancellable, GError **error)
{
  if (fault == JMP_FAULT_UNPLUG) {
    self->gone = TRUE;
    set_gone (error);
  } else if (fault == JMP_FAULT_STALL)
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_STALLED, "the device refused the request");
  else if (jmp_usb_wait (self->inner, timeout_ms, cancellable, error))
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_TIMED_OUT, "no answer in time");
}

static gssize
spoil (JmpUsbFault *self, JmpFault fault, guint8 *data, gssize moved)
{
  guint32 bit;

  if (fault == JMP_FAULT_SHORT_READ)
    return moved / 2;
  bit = next_random (self) % ((guint32)moved * 8);
  data[bit / 8] ^= (guint8)(1 << bit % 8);
  return moved;
}

static gssize
fault_control (JmpUsb *usb,
               const JmpUsbSetup *setup,
               guint8 *data,
               guint timeout_ms,
               GCancellable *cancellable,
               GError **error)
{
  JmpUsbFault *self = (JmpUsbFault *)usb;
  gssize moved;
  int fault;

  if (self->gone) {
    set_gone (error);
    return -1;
  }
  self->transfers++;
  fault = choose (self, setup);
  if (fault >= 0)
    self->injected++;
  if (fault >= 0 && !needs_in ((JmpFault)fault)) {
    refuse (self, (JmpFault)fault, timeout_ms, cancellable, error);
    return -1;
  }
  moved = jmp_usb_control (self->inner, setup, data, timeout_ms, cancellable, error);
  if (fault >= 0 && moved > 0)
    moved = spoil (self, (JmpFault)fault, data, moved);
  return moved;
}

static GBytes *
fault_descriptors (JmpUsb *usb, GError **error)
{
  JmpUsbFault *self = (JmpUsbFault *)usb;

  if (!self->gone)
    return jmp_usb_descriptors (self->inner, error);
  set_gone (error);
  return NULL;
}

static gboolean
fault_claim (JmpUsb *usb, guint8 interface, GError **error)
{
  JmpUsbFault *self = (JmpUsbFault *)usb;

  return self->gone ? set_gone (error) : jmp_usb_claim (self->inner, interface, error);
}

static gboolean
fault_set_alt (JmpUsb *usb, guint8 interface, guint8 alt, GError **error)
{
  JmpUsbFault *self = (JmpUsbFault *)usb;

  return self->gone ? set_gone (error) : jmp_usb_set_alt (self->inner, interface, alt, error);
}

static gboolean
fault_reset (JmpUsb *usb, GError **error)
{
  JmpUsbFault *self = (JmpUsbFault *)usb;

  return self->gone ? set_gone (error) : jmp_usb_reset (self->inner, error);
}

static gint64
fault_now (JmpUsb *usb)
{
  return jmp_usb_now (((JmpUsbFault *)usb)->inner);
}

static gboolean
fault_wait (JmpUsb *usb, guint ms, GCancellable *cancellable, GError **error)
{
  return jmp_usb_wait (((JmpUsbFault *)usb)->inner, ms, cancellable, error);
}

static void
fault_free (JmpUsb *usb)
{
  JmpUsbFault *self = (JmpUsbFault *)usb;

  jmp_usb_free (self->inner);
  g_array_unref (self->planned);
  g_free (self);
}

static const JmpUsbOps fault_ops = {
  .descriptors = fault_descriptors,
  .claim = fault_claim,
  .set_alt = fault_set_alt,
  .control = fault_control,
  .reset = fault_reset,
  .now = fault_now,
  .wait = fault_wait,
  .free = fault_free,
};

/**
 * jmp_usb_fault_new:
 * @inner: (transfer full): the device to wrap
 *
 * Wraps a device so that faults can be put between it and its user; without any it changes nothing.
 *
 * Returns: (transfer full): the device to use in place of @inner
 */
JmpUsb *
jmp_usb_fault_new (JmpUsb *inner)
{
  JmpUsbFault *self = g_new0 (JmpUsbFault, 1);

  self->base.ops = &fault_ops;
  self->inner = inner;
  self->planned = g_array_new (FALSE, FALSE, sizeof (Planned));
  self->random = FIRST_SEED;
  return &self->base;
}

/**
 * jmp_usb_fault_at:
 * @self: a device of jmp_usb_fault_new()
 * @transfer: which control transfer, counted from 1
 * @fault: what happens to it
 *
 * Plans one fault. May be called more than once; one fault happens per transfer, those that are late
 * at the next that they fit.
 */
void
jmp_usb_fault_at (JmpUsb *self, guint64 transfer, JmpFault fault)
{
  Planned planned = { .transfer = transfer, .fault = fault };

  g_return_if_fail (self->ops == &fault_ops);
  g_array_append_val (((JmpUsbFault *)self)->planned, planned);
}

/**
 * jmp_usb_fault_seed:
 * @self: a device of jmp_usb_fault_new()
 * @seed: which sequence of faults; 0 counts as 1
 * @probability: (array fixed-size=5): for each #JmpFault, 0 to 1, that a transfer which it fits gets it
 *
 * Lets faults happen at random, the same ones for the same seed and the same transfers.
 */
void
jmp_usb_fault_seed (JmpUsb *self, guint32 seed, const double probability[JMP_FAULT_N])
{
  JmpUsbFault *fault = (JmpUsbFault *)self;

  g_return_if_fail (self->ops == &fault_ops);
  fault->random = seed != 0 ? seed : 1;
  for (guint i = 0; i < JMP_FAULT_N; i++)
    fault->probability[i] = probability[i];
}

/**
 * jmp_usb_fault_get_transfers:
 * @self: a device of jmp_usb_fault_new()
 *
 * Returns: the control transfers that were asked for while the device was there
 */
guint64
jmp_usb_fault_get_transfers (JmpUsb *self)
{
  g_return_val_if_fail (self->ops == &fault_ops, 0);
  return ((JmpUsbFault *)self)->transfers;
}

/**
 * jmp_usb_fault_get_injected:
 * @self: a device of jmp_usb_fault_new()
 *
 * Returns: the faults that happened
 */
guint
jmp_usb_fault_get_injected (JmpUsb *self)
{
  g_return_val_if_fail (self->ops == &fault_ops, 0);
  return ((JmpUsbFault *)self)->injected;
}

/**
 * jmp_fault_to_string:
 * @fault: a kind of fault
 *
 * Returns: (transfer none): its word, for the names of tests
 */
const char *
jmp_fault_to_string (JmpFault fault)
{
  switch (fault) {
  case JMP_FAULT_STALL:
    return "stall";
  case JMP_FAULT_TIMEOUT:
    return "timeout";
  case JMP_FAULT_SHORT_READ:
    return "short-read";
  case JMP_FAULT_CORRUPT:
    return "corrupt";
  case JMP_FAULT_UNPLUG:
    return "unplug";
  }
  return "unknown";
}
