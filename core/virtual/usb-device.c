/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "virtual/usb-device-private.h"

#include "base/bytes.h"

#include <string.h>

/* bRequest (USB 2.0, table 9-4) */
enum {
  GET_STATUS = 0,
  CLEAR_FEATURE = 1,
  SET_ADDRESS = 5,
  GET_DESCRIPTOR = 6,
  GET_CONFIGURATION = 8,
  SET_CONFIGURATION = 9,
  GET_INTERFACE = 10,
  SET_INTERFACE = 11,
};

/* bDescriptorType (USB 2.0, table 9-5; DFU 1.1, 4.1.3) */
enum {
  DEVICE = 1,
  CONFIGURATION = 2,
  STRING = 3,
  INTERFACE = 4,
  DFU_FUNCTIONAL = 0x21,
};

/* String indices */
enum {
  STRING_LANGUAGES,
  STRING_MANUFACTURER,
  STRING_PRODUCT,
  STRING_SERIAL,
  STRING_FIRST_ALT,
};

#define ENGLISH       0x0409
#define DETACH_MS     255
#define SELF_POWERED  0xC0
#define MAX_POWER_2MA 50

static void
put_u16 (GByteArray *array, guint16 value)
{
  guint8 bytes[2];

  jmp_put_u16 (bytes, value);
  g_byte_array_append (array, bytes, sizeof bytes);
}

/* DFU 1.1, 4.2.2: 1 is a program's interface. */
#define RUN_TIME_PROTOCOL 1

static guint16
product_of (JmpVirtualUsbDevice *self)
{
  if (self->machine->run_time && self->profile->run_time_product != 0)
    return self->profile->run_time_product;
  return self->profile->product;
}

/* A program's DFU interface has one alt setting. */
static guint
n_alts_of (JmpVirtualUsbDevice *self)
{
  return self->machine->run_time ? 1 : jmp_virtual_memory_n_alts (self->machine->memory);
}

static void
put_device (JmpVirtualUsbDevice *self, GByteArray *array)
{
  const JmpVirtualProfile *p = self->profile;
  const guint8 class_and_packet[] = { 0, 0, 0, 64 };
  const guint8 tail[] = { STRING_MANUFACTURER, STRING_PRODUCT, STRING_SERIAL, 1 };

  g_byte_array_append (array, (const guint8[]){ 18, DEVICE }, 2);
  put_u16 (array, p->bcd_usb);
  g_byte_array_append (array, class_and_packet, sizeof class_and_packet);
  put_u16 (array, p->vendor);
  put_u16 (array, product_of (self));
  put_u16 (array, p->bcd_device);
  g_byte_array_append (array, tail, sizeof tail);
}

/* DFU 1.1, 4.1.3; DFU 1.0 has no version at the end. */
static gsize
functional_size (JmpVirtualUsbDevice *self)
{
  return self->profile->short_functional ? 7 : 9;
}

static void
put_functional (JmpVirtualUsbDevice *self, GByteArray *array)
{
  const guint8 head[] = {
    (guint8)functional_size (self),
    DFU_FUNCTIONAL,
    self->profile->attributes,
  };

  g_byte_array_append (array, head, sizeof head);
  put_u16 (array, DETACH_MS);
  put_u16 (array, self->profile->transfer_size);
  if (!self->profile->short_functional)
    put_u16 (array, self->profile->dfu_version);
}

static void
put_configuration (JmpVirtualUsbDevice *self, GByteArray *array)
{
  guint n_alts = n_alts_of (self);
  guint8 protocol = self->machine->run_time ? RUN_TIME_PROTOCOL : self->profile->protocol;
  const guint8 tail[] = { 1, 1, 0, SELF_POWERED, MAX_POWER_2MA };

  g_byte_array_append (array, (const guint8[]){ 9, CONFIGURATION }, 2);
  put_u16 (array, (guint16)(9 + 9 * n_alts + functional_size (self)));
  g_byte_array_append (array, tail, sizeof tail);
  for (guint alt = 0; alt < n_alts; alt++) {
    const guint8 interface[] = {
      9, INTERFACE, 0, (guint8)alt, 0, 0xFE, 0x01, protocol, (guint8)(STRING_FIRST_ALT + alt),
    };

    g_byte_array_append (array, interface, sizeof interface);
  }
  put_functional (self, array);
}

/* The device descriptor and, behind it, the configuration with all that belongs to it. */
GBytes *
jmp_virtual_usb_device_descriptors (JmpVirtualUsbDevice *self)
{
  GByteArray *array = g_byte_array_new ();

  put_device (self, array);
  put_configuration (self, array);
  return g_byte_array_free_to_bytes (array);
}

static gboolean
is_alt_string (JmpVirtualUsbDevice *self, guint index)
{
  return index >= STRING_FIRST_ALT
         && index - STRING_FIRST_ALT < jmp_virtual_memory_n_alts (self->machine->memory);
}

static const char *
string_of (JmpVirtualUsbDevice *self, guint index)
{
  if (index == STRING_MANUFACTURER)
    return self->profile->manufacturer_text;
  if (index == STRING_PRODUCT)
    return self->profile->product_text;
  if (index == STRING_SERIAL)
    return self->serial;
  for (guint i = 0; i < G_N_ELEMENTS (self->profile->strings); i++) {
    if (self->profile->strings[i].index == index)
      return self->profile->strings[i].text;
  }
  if (!is_alt_string (self, index))
    return NULL;
  if (self->machine->run_time)
    return self->profile->product_text;
  return self->profile->alts[index - STRING_FIRST_ALT].text;
}

static void
put_utf16 (GByteArray *array, const char *text)
{
  glong length = 0;
  g_autofree gunichar2 *utf16 = g_utf8_to_utf16 (text, -1, NULL, &length, NULL);

  length = MIN (length, (255 - 2) / 2);
  g_byte_array_append (array, (const guint8[]){ (guint8)(2 + 2 * length), STRING }, 2);
  for (glong i = 0; i < length; i++)
    put_u16 (array, utf16[i]);
}

static void
put_eight_bit (GByteArray *array, const char *text)
{
  guint8 length = (guint8)MIN (strlen (text), 255 - 2);

  g_byte_array_append (array, (const guint8[]){ (guint8)(2 + length), STRING }, 2);
  g_byte_array_append (array, (const guint8 *)text, length);
}

static gboolean
put_string (JmpVirtualUsbDevice *self, GByteArray *array, guint index)
{
  const char *text;

  if (index == STRING_LANGUAGES) {
    g_byte_array_append (array, (const guint8[]){ 4, STRING }, 2);
    put_u16 (array, ENGLISH);
    return TRUE;
  }
  text = string_of (self, index);
  if (text == NULL)
    return FALSE;
  if (index == STRING_SERIAL && self->profile->eight_bit_serial)
    put_eight_bit (array, text);
  else
    put_utf16 (array, text);
  if (is_alt_string (self, index) && self->profile->truncated_alt_strings)
    array->data[0] = (guint8)(array->data[0] + 2);
  return TRUE;
}

static gboolean
put_descriptor (JmpVirtualUsbDevice *self, GByteArray *array, guint8 type, guint8 index)
{
  switch (type) {
  case DEVICE:
    put_device (self, array);
    return index == 0;
  case CONFIGURATION:
    put_configuration (self, array);
    return index == 0;
  case STRING:
    return put_string (self, array, index);
  case DFU_FUNCTIONAL:
    put_functional (self, array);
    return index == 0;
  default:
    return FALSE;
  }
}

static JmpVirtualAnswer
stall (void)
{
  return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_STALL };
}

static JmpVirtualAnswer
answer_bytes (const JmpUsbSetup *setup, guint8 *data, const guint8 *bytes, gsize size)
{
  gsize length = MIN (size, setup->length);

  if (length > 0)
    memcpy (data, bytes, length);
  return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_OK, .length = length };
}

static JmpVirtualAnswer
get (JmpVirtualUsbDevice *self, const JmpUsbSetup *setup, guint8 *data)
{
  const guint8 self_powered[] = { 1, 0 };
  g_autoptr (GByteArray) array = NULL;

  switch (setup->request) {
  case GET_STATUS:
    return answer_bytes (setup, data, self_powered, sizeof self_powered);
  case GET_CONFIGURATION:
    return answer_bytes (setup, data, &self->configuration, 1);
  case GET_INTERFACE:
    return answer_bytes (setup, data, &self->machine->alt, 1);
  case GET_DESCRIPTOR:
    if (setup->value >> 8 == DFU_FUNCTIONAL && self->profile->hides_functional)
      return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_NO_ANSWER };
    array = g_byte_array_new ();
    if (!put_descriptor (self, array, (guint8)(setup->value >> 8), (guint8)setup->value))
      return stall ();
    return answer_bytes (setup, data, array->data, array->len);
  default:
    return stall ();
  }
}

static JmpVirtualAnswer
set (JmpVirtualUsbDevice *self, const JmpUsbSetup *setup)
{
  switch (setup->request) {
  case CLEAR_FEATURE:
  case SET_ADDRESS:
    break;
  case SET_CONFIGURATION:
    if (setup->value > 1)
      return stall ();
    self->configuration = (guint8)setup->value;
    break;
  case SET_INTERFACE:
    if (setup->index != 0 || setup->value >= n_alts_of (self))
      return stall ();
    self->machine->alt = (guint8)setup->value;
    break;
  default:
    return stall ();
  }
  return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_OK };
}

/* Answers one standard request. @data takes wLength bytes. */
JmpVirtualAnswer
jmp_virtual_usb_device_request (JmpVirtualUsbDevice *self, const JmpUsbSetup *setup, guint8 *data)
{
  if ((setup->request_type & 0x60) != 0)
    return stall ();
  return (setup->request_type & 0x80) != 0 ? get (self, setup, data) : set (self, setup);
}
