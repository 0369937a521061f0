/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* String descriptors (USB 2.0, 9.6.7), read in spite of what devices make of them. */

#include "usb/usb.h"

#include "base/bytes.h"
#include "base/error.h"

#define REQUEST_GET_DESCRIPTOR 6
#define DESCRIPTOR_STRING      3
#define STRING_MAX             255
#define STRING_TIMEOUT_MS      1000
#define ENGLISH                0x0409
#define REPLACEMENT            0xFFFD

/* Returns: how many bytes of a string descriptor came, header included, or -1 */
static gssize
read_descriptor (JmpUsb *self,
                 guint8 index,
                 guint16 language,
                 guint8 data[STRING_MAX],
                 GCancellable *cancellable,
                 GError **error)
{
  JmpUsbSetup setup = {
    .request_type = 0x80,
    .request = REQUEST_GET_DESCRIPTOR,
    .value = (guint16)(DESCRIPTOR_STRING << 8 | index),
    .index = language,
    .length = STRING_MAX,
  };
  gssize came = jmp_usb_control (self, &setup, data, STRING_TIMEOUT_MS, cancellable, error);

  if (came < 0)
    return -1;
  if (came < 2 || data[0] < 2 || data[1] != DESCRIPTOR_STRING) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_PROTOCOL, "string %u is no string descriptor", index);
    return -1;
  }
  /* some ROMs send fewer bytes than bLength says: what came is good */
  return MIN (came, data[0]);
}

/* Some boards (GD32) send plain characters where UTF-16 should be. Real UTF-16 in the range of
 * these characters has a zero in every second byte. */
static gboolean
is_plain_text (const guint8 *data, gsize size)
{
  while (size > 0 && data[size - 1] == 0)
    size--;
  for (gsize i = 0; i < size; i++)
    if (data[i] < 0x20 || data[i] > 0x7E)
      return FALSE;
  return size > 0;
}

static gboolean
is_surrogate (gunichar c, gunichar first)
{
  return (c & 0xFC00) == first;
}

/* Control characters would reach a terminal or a log from here. */
static void
append_character (GString *text, gunichar c)
{
  if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0xD800 && c < 0xE000))
    c = REPLACEMENT;
  g_string_append_unichar (text, c);
}

static char *
decode_utf16 (const guint8 *data, gsize size)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i + 2 <= size; i += 2) {
    gunichar c = jmp_get_u16 (data + i);
    gunichar next = i + 4 <= size ? jmp_get_u16 (data + i + 2) : 0;

    if (c == 0)
      break;
    if (is_surrogate (c, 0xD800) && is_surrogate (next, 0xDC00)) {
      c = 0x10000 + ((c - 0xD800) << 10) + (next - 0xDC00);
      i += 2;
    }
    append_character (text, c);
  }
  return g_string_free (text, FALSE);
}

/* The device's first language, which it is asked for once. English where it has no list; but it may have
 * one later: just after plug-in, boards refuse what they have.
 *
 * Returns: %FALSE with @error set where the device cannot be asked */
static gboolean
choose_language (JmpUsb *self, guint16 *language, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) problem = NULL;
  guint8 data[STRING_MAX];
  gssize came;

  *language = self->language;
  if (*language != 0)
    return TRUE;
  *language = ENGLISH;
  came = read_descriptor (self, 0, 0, data, cancellable, &problem);
  if (came >= 4)
    *language = self->language = jmp_get_u16 (data + 2);
  if (came >= 0 || g_error_matches (problem, JMP_ERROR, JMP_ERROR_STALLED)
      || g_error_matches (problem, JMP_ERROR, JMP_ERROR_PROTOCOL))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * jmp_usb_string:
 * @self: a device
 * @index: string index, 1 to 255
 * @cancellable: (nullable): to stop it
 * @error: (out) (optional): errors of usb.h; %JMP_ERROR_PROTOCOL when what came is no string;
 *   %JMP_ERROR_USAGE for index 0
 *
 * Reads a string descriptor in the device's first language (USB 2.0, 9.6.7).
 *
 * What devices get wrong is made good: fewer bytes than bLength says, half a character at the end,
 * unpaired surrogates and control characters (each becomes U+FFFD), plain ASCII in place of UTF-16,
 * no language list. A zero character ends the string.
 *
 * Returns: (transfer full): valid UTF-8 without control characters, perhaps empty
 */
char *
jmp_usb_string (JmpUsb *self, guint8 index, GCancellable *cancellable, GError **error)
{
  guint8 data[STRING_MAX];
  guint16 language;
  gssize came;

  if (index == 0) {
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_USAGE, "string 0 is the list of languages");
    return NULL;
  }
  if (!choose_language (self, &language, cancellable, error))
    return NULL;
  came = read_descriptor (self, index, language, data, cancellable, error);
  if (came < 0)
    return NULL;
  if (is_plain_text (data + 2, (gsize)came - 2))
    return g_strndup ((const char *)data + 2, (gsize)came - 2);
  return decode_utf16 (data + 2, (gsize)came - 2);
}
