/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "dfu/descriptors-private.h"

#include "base/bytes.h"

#include <string.h>

#define DEVICE_TYPE         1
#define DEVICE_SIZE         18
#define INTERFACE_TYPE      4
#define INTERFACE_SIZE      9
#define OLD_FUNCTIONAL_SIZE 7
#define DFU_MODE            2

/* One descriptor and what can be reached behind it. */
typedef struct {
  const guint8 *at;
  gsize size;
  guint8 type;
} Descriptor;

static gboolean
is_dfu_interface (const Descriptor *d)
{
  return d->type == INTERFACE_TYPE && d->size >= INTERFACE_SIZE && d->at[5] == 0xFE
         && d->at[6] == 0x01;
}

/* The real size of a functional descriptor, whatever its bLength says: 9 bytes, or 7 in DFU 1.0.
 * Behind 7 bytes stands either an interface descriptor, or the version, whose second byte would make
 * it a device descriptor, and there is none in a configuration. */
static gsize
functional_size (const guint8 *at, gsize left)
{
  if (left >= JMP_DFU_FUNCTIONAL_SIZE) {
    gboolean interface_follows = at[7] == INTERFACE_SIZE && at[8] == INTERFACE_TYPE;
    gboolean version_follows = at[8] == DEVICE_TYPE;

    if (interface_follows || (at[0] == OLD_FUNCTIONAL_SIZE && !version_follows))
      return OLD_FUNCTIONAL_SIZE;
    return JMP_DFU_FUNCTIONAL_SIZE;
  }
  return MIN (left, at[0]);
}

/* The next descriptor; one that is cut off at the end is given as far as it goes. Where
 * @functional, type 0x21 is the functional descriptor, else something else's. */
static gboolean
next_descriptor (JmpReader *reader, gboolean functional, Descriptor *out)
{
  gsize left = jmp_reader_left (reader);
  const guint8 *at = reader->data + reader->pos;

  if (left < 2 || at[0] < 2)
    return FALSE;
  *out = (Descriptor){ .at = at, .size = MIN (at[0], left), .type = at[1] };
  if (functional && out->type == JMP_DFU_FUNCTIONAL_TYPE)
    out->size = functional_size (at, left);
  return jmp_reader_skip (reader, out->size);
}

/* Which interface: the first in DFU mode, or else the first. */
static gboolean
choose_interface (JmpDfuDescriptors *self, const guint8 *data, gsize size)
{
  JmpReader reader;
  Descriptor d;
  gboolean in_dfu = TRUE;
  gboolean found = FALSE;

  jmp_reader_init (&reader, data, size);
  while (next_descriptor (&reader, in_dfu, &d)) {
    if (d.type != INTERFACE_TYPE)
      continue;
    in_dfu = is_dfu_interface (&d);
    if (!in_dfu || (found && d.at[7] != DFU_MODE))
      continue;
    self->interface = d.at[2];
    self->protocol = d.at[7];
    found = TRUE;
    if (self->protocol == DFU_MODE)
      return TRUE;
  }
  return found;
}

static void
add_alt (JmpDfuDescriptors *self, guint8 alt, guint8 string)
{
  for (guint i = 0; i < self->n_alts; i++) {
    if (self->alts[i].alt == alt)
      return;
  }
  self->alts[self->n_alts++] = (JmpDfuAltIndex){ .alt = alt, .string = string };
}

/* Whether an interface is that of something with a use of its own: audio, input, imaging, printer, hub,
 * smart card, security, video, health, billboard, wireless (USB-IF's class codes). Boards have serial
 * ports, disks and classes of their vendors. */
static gboolean
is_gadget_interface (const Descriptor *d)
{
  static const guint8 classes[] = { 0x01, 0x03, 0x06, 0x07, 0x09, 0x0B,
                                    0x0D, 0x0E, 0x0F, 0x10, 0x11, 0xE0 };

  return d->size >= INTERFACE_SIZE && memchr (classes, d->at[5], sizeof classes) != NULL;
}

/* The alt settings of the chosen interface, and the functional descriptor: behind the configuration
 * descriptor or behind any of the alt settings. */
static void
collect (JmpDfuDescriptors *self, const guint8 *data, gsize size)
{
  JmpReader reader;
  Descriptor d;
  gboolean in_dfu = TRUE;
  gboolean mine = TRUE;

  jmp_reader_init (&reader, data, size);
  while (next_descriptor (&reader, in_dfu, &d)) {
    if (d.type == INTERFACE_TYPE) {
      in_dfu = is_dfu_interface (&d);
      self->is_gadget = self->is_gadget || is_gadget_interface (&d);
      mine = in_dfu && d.at[2] == self->interface;
      if (mine)
        add_alt (self, d.at[3], d.at[8]);
    } else if (d.type == JMP_DFU_FUNCTIONAL_TYPE && mine && !self->functional.found) {
      jmp_dfu_functional_read (&self->functional, d.at, d.size);
    }
  }
}

/**
 * jmp_dfu_functional_read:
 * @self: (out): what it says; untouched on failure
 * @data: the descriptor
 * @size: bytes that there are of it
 *
 * Reads a functional descriptor (DFU 1.1, 4.1.3), or that of DFU 1.0, which ends before the version.
 *
 * Returns: whether it is one
 */
gboolean
jmp_dfu_functional_read (JmpDfuFunctional *self, const guint8 *data, gsize size)
{
  if (size < OLD_FUNCTIONAL_SIZE || data[1] != JMP_DFU_FUNCTIONAL_TYPE)
    return FALSE;
  *self = (JmpDfuFunctional){
    .found = TRUE,
    .attributes = data[2],
    .detach_timeout_ms = jmp_get_u16 (data + 3),
    .transfer_size = jmp_get_u16 (data + 5),
    .version = size >= JMP_DFU_FUNCTIONAL_SIZE ? jmp_get_u16 (data + 7) : 0x0100,
  };
  return TRUE;
}

/**
 * jmp_dfu_descriptors_read:
 * @self: (out): what was found
 * @data: the device descriptor and, behind it, a configuration's; any bytes
 * @size: how many
 *
 * Finds the DFU interface (class FE, subclass 01: DFU 1.1, 4.1.2) in a device's descriptors. The
 * sizes that descriptors give are not trusted: no byte past @size is read.
 *
 * Returns: whether there is one
 */
gboolean
jmp_dfu_descriptors_read (JmpDfuDescriptors *self, const guint8 *data, gsize size)
{
  *self = (JmpDfuDescriptors){ .interface = 0 };
  if (size < DEVICE_SIZE || data[1] != DEVICE_TYPE)
    return FALSE;
  self->bcd_usb = jmp_get_u16 (data + 2);
  self->vid = jmp_get_u16 (data + 8);
  self->pid = jmp_get_u16 (data + 10);
  self->bcd_device = jmp_get_u16 (data + 12);
  self->manufacturer = data[14];
  self->product = data[15];
  self->serial = data[16];
  if (!choose_interface (self, data + DEVICE_SIZE, size - DEVICE_SIZE))
    return FALSE;
  collect (self, data + DEVICE_SIZE, size - DEVICE_SIZE);
  return TRUE;
}
