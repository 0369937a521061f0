/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A device that answers anything, for ever: whatever it says, each call ends. */

#include "fuzz.h"

#include "base/error.h"
#include "dfu/dfuse.h"
#include "dfu/plain.h"

/* No call waits longer than this in all, on the device's clock. */
#define LIMIT_US (G_GINT64_CONSTANT (3600) * 1000 * 1000)

typedef struct {
  JmpUsb base;
  const guint8 *data;
  gsize size;
  gsize pos;
  gint64 now;
} Device;

/* The input is read round and round: no bytes are zeros. */
static guint8
next_byte (Device *self)
{
  return self->size > 0 ? self->data[self->pos++ % self->size] : 0;
}

static gboolean
answer (Device *self, GError **error)
{
  static const JmpError codes[] = {
    JMP_ERROR_STALLED, JMP_ERROR_TIMED_OUT, JMP_ERROR_DISCONNECTED, JMP_ERROR_FAILED
  };
  guint8 choice = next_byte (self);

  self->now += 1000;
  fuzz_check (self->now < LIMIT_US);
  if (choice < 0xF0)
    return TRUE;
  g_set_error (error, JMP_ERROR, (int)codes[choice % G_N_ELEMENTS (codes)], "as the input says");
  return FALSE;
}

/* The input begins with the descriptors, and before them their size. */
static GBytes *
device_descriptors (JmpUsb *usb, GError **error)
{
  Device *self = (Device *)usb;
  gsize size = self->size > 0 ? MIN (self->data[0], self->size - 1) : 0;

  self->pos = MAX (self->pos, 1 + size);
  return g_bytes_new (self->size > 0 ? self->data + 1 : NULL, size);
}

static gboolean
device_claim (JmpUsb *usb, guint8 interface, GError **error)
{
  return answer ((Device *)usb, error);
}

static gboolean
device_set_alt (JmpUsb *usb, guint8 interface, guint8 alt, GError **error)
{
  return answer ((Device *)usb, error);
}

static gssize
device_control (JmpUsb *usb,
                const JmpUsbSetup *setup,
                guint8 *data,
                guint timeout_ms,
                GCancellable *cancellable,
                GError **error)
{
  Device *self = (Device *)usb;
  guint8 shortage;

  if (!answer (self, error))
    return -1;
  shortage = next_byte (self);
  if ((setup->request_type & 0x80) == 0)
    return setup->length;
  for (guint i = 0; i < setup->length; i++)
    data[i] = next_byte (self);
  return shortage < 0x80 ? setup->length : setup->length - MIN (shortage - 0x80, setup->length);
}

static gboolean
device_reset (JmpUsb *usb, GError **error)
{
  return answer ((Device *)usb, error);
}

static gint64
device_now (JmpUsb *usb)
{
  return ((Device *)usb)->now;
}

static gboolean
device_wait (JmpUsb *usb, guint ms, GCancellable *cancellable, GError **error)
{
  ((Device *)usb)->now += ms * G_GINT64_CONSTANT (1000);
  fuzz_check (((Device *)usb)->now < LIMIT_US);
  return TRUE;
}

static void
device_free (JmpUsb *usb)
{
  g_free (usb);
}

static const JmpUsbOps ops = {
  device_descriptors, device_claim, device_set_alt, device_control,
  device_reset,       device_now,   device_wait,    device_free,
};

static JmpUsb *
device_new (const guint8 *data, gsize size)
{
  Device *self = g_new0 (Device, 1);

  self->base.ops = &ops;
  self->data = data;
  self->size = size;
  return &self->base;
}

static void
work (JmpDfu *dfu, const JmpDfuInfo *info)
{
  g_autofree guint8 *block = g_malloc0 (info->transfer_size);
  g_autoptr (GBytes) commands = NULL;

  jmp_dfu_to_idle (dfu, NULL, NULL);
  commands = jmp_dfuse_get_commands (dfu, NULL, NULL);
  jmp_dfuse_set_address (dfu, 0x08000000, NULL, NULL);
  jmp_dfuse_write_block (dfu, JMP_DFUSE_FIRST_BLOCK, block, info->transfer_size, NULL, NULL);
  jmp_dfu_abort (dfu, NULL, NULL);
  jmp_dfuse_read_block (dfu, JMP_DFUSE_FIRST_BLOCK, block, info->transfer_size, NULL, NULL);
  jmp_dfuse_mass_erase (dfu, NULL, NULL);
}

static void
work_plain (JmpDfu *dfu, const JmpDfuInfo *info)
{
  g_autofree guint8 *block = g_malloc0 (info->transfer_size);
  gssize got;
  JmpPlainEnd end;

  jmp_plain_write_block (dfu, 0, block, info->transfer_size, NULL, NULL);
  jmp_plain_manifest (dfu, 1, &end, NULL, NULL);
  got = jmp_plain_read_block (dfu, 0, block, NULL, NULL);
  fuzz_check (got <= info->transfer_size);
  jmp_plain_restart (dfu, &end, NULL);
  jmp_plain_detach (dfu, NULL, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (JmpUsb) usb = device_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDfuInfo) info = jmp_dfu_info_read (usb, NULL, &error);
  g_autoptr (JmpDfu) dfu = NULL;

  fuzz_check ((info == NULL) == (error != NULL));
  if (info == NULL)
    return 0;
  dfu = jmp_dfu_open (g_steal_pointer (&usb), info, NULL);
  if (dfu != NULL && info->dfuse)
    work (dfu, info);
  else if (dfu != NULL)
    work_plain (dfu, info);
  return 0;
}
