/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/identity.h"

#include "base/error.h"

#include <string.h>

/* Serial numbers that whole families of chips or clones share. */
static const char *const shared_serials[] = {
  "FFFFFFFEFFFF", /* F0 and H7B3 ROMs */
  "STM32FxSTM32", /* F0 ROM */
  "AT32",         /* Artery's boot loader */
  "0448",         "001", "??",
};

static JmpSelector *
selector_new (JmpSelectorKind kind, const char *text)
{
  JmpSelector *self = g_new0 (JmpSelector, 1);

  self->kind = kind;
  self->text = g_strdup (text);
  return self;
}

/**
 * jmp_selector_free:
 * @self: (transfer full) (nullable): a selector
 *
 * Frees a selector.
 */
void
jmp_selector_free (JmpSelector *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self);
}

/* One or more decimal digits; returns what stands behind them, or NULL. */
static const char *
skip_number (const char *at)
{
  const char *start = at;

  while (g_ascii_isdigit (*at))
    at++;
  return at != start ? at : NULL;
}

/* BUS-PORT[.PORT…], as Linux and libusb number them. */
static gboolean
is_path (const char *text)
{
  const char *at = skip_number (text);

  if (at == NULL || *at != '-')
    return FALSE;
  do
    at = skip_number (at + 1);
  while (at != NULL && *at == '.');
  return at != NULL && *at == '\0';
}

/* One to four hexadecimal digits, ended by @end. */
static gboolean
parse_id (const char *text, char end, guint16 *out, const char **rest)
{
  guint value = 0;
  guint digits = 0;

  for (; g_ascii_isxdigit (text[digits]) && digits <= 4; digits++)
    value = value << 4 | (guint)g_ascii_xdigit_value (text[digits]);
  if (digits == 0 || digits > 4 || text[digits] != end)
    return FALSE;
  *out = (guint16)value;
  *rest = text + digits + 1;
  return TRUE;
}

static JmpSelector *
parse_ids (const char *text)
{
  g_autoptr (JmpSelector) self = selector_new (JMP_SELECT_IDS, "");
  const char *rest;

  if (!parse_id (text, ':', &self->vid, &rest) || !parse_id (rest, '\0', &self->pid, &rest))
    return NULL;
  return g_steal_pointer (&self);
}

static JmpSelector *
parse_form (const char *text)
{
  const char *rest;

  if (strcmp (text, "virtual") == 0)
    return selector_new (JMP_SELECT_VIRTUAL, "");
  if (g_str_has_prefix (text, "virtual:")) {
    rest = text + strlen ("virtual:");
    return *rest != '\0' && *rest != ',' ? selector_new (JMP_SELECT_VIRTUAL, rest) : NULL;
  }
  if (g_str_has_prefix (text, "serial:")) {
    rest = text + strlen ("serial:");
    return *rest != '\0' ? selector_new (JMP_SELECT_SERIAL, rest) : NULL;
  }
  if (g_str_has_prefix (text, "path:")) {
    rest = text + strlen ("path:");
    return is_path (rest) ? selector_new (JMP_SELECT_PATH, rest) : NULL;
  }
  return parse_ids (text);
}

/**
 * jmp_selector_parse:
 * @text: serial:TEXT, path:BUS-PORT[.PORT…], VID:PID in hexadecimal, or virtual[:KIND[,KEY=VALUE…]]
 * @error: return location
 *
 * Reads which board a person means. Whether there is such a kind of virtual board is found when it
 * is made.
 *
 * Returns: (transfer full): a selector, or %NULL with %JMP_ERROR_USAGE
 */
JmpSelector *
jmp_selector_parse (const char *text, GError **error)
{
  JmpSelector *self = parse_form (text);

  if (self == NULL) {
    g_autofree char *shown = g_utf8_make_valid (text, -1);

    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "\"%s\" names no board: it is not serial:TEXT, path:BUS-PORT, VID:PID or "
                 "virtual[:KIND]",
                 shown);
  }
  return self;
}

/* "virtual:pyboard,speed=0" means a board at "virtual:pyboard". */
static gboolean
kind_matches (const char *spec, JmpDevice *device)
{
  g_autofree char *path = g_strconcat ("virtual:", spec, NULL);

  path[strcspn (path, ",")] = '\0';
  return *spec == '\0' || strcmp (path, jmp_device_get_path (device)) == 0;
}

/**
 * jmp_selector_matches:
 * @self: a selector
 * @device: a board
 *
 * Whether a board is one that the selector means. Several may be: serial numbers repeat.
 *
 * Returns: %TRUE when it is
 */
gboolean
jmp_selector_matches (const JmpSelector *self, JmpDevice *device)
{
  const char *serial = jmp_device_get_serial (device);
  gboolean practice = jmp_device_is_practice (device);
  guint16 vid;
  guint16 pid;

  switch (self->kind) {
  case JMP_SELECT_SERIAL:
    return serial != NULL && g_ascii_strcasecmp (self->text, serial) == 0;
  case JMP_SELECT_PATH:
    return !practice && strcmp (self->text, jmp_device_get_path (device)) == 0;
  case JMP_SELECT_IDS:
    return !practice && jmp_device_get_ids (device, &vid, &pid) && vid == self->vid
           && pid == self->pid;
  case JMP_SELECT_VIRTUAL:
    return practice && kind_matches (self->text, device);
  }
  return FALSE;
}

/**
 * jmp_serial_is_unique:
 * @serial: (nullable): a serial number
 *
 * Whether a serial number may be taken for a board's own. Some boot loaders give every chip the same
 * one, and some give none.
 *
 * Returns: %FALSE for those that are known to be shared, for none, and for one character repeated
 */
gboolean
jmp_serial_is_unique (const char *serial)
{
  if (serial == NULL || *serial == '\0')
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (shared_serials); i++)
    if (g_ascii_strcasecmp (serial, shared_serials[i]) == 0)
      return FALSE;
  return strspn (serial, (const char[]){ serial[0], '\0' }) != strlen (serial);
}

/**
 * jmp_identity_is_same:
 * @a: a board
 * @b: a board, seen at another time
 *
 * Whether two appearances are one board. At the same port they are, unless both have serial numbers
 * and these differ. At different ports they are only when a serial number of their own says so; the
 * caller knows that they are not plugged in both at once.
 *
 * Returns: %TRUE when they are the same board
 */
gboolean
jmp_identity_is_same (JmpDevice *a, JmpDevice *b)
{
  const char *serial_a = jmp_device_get_serial (a);
  const char *serial_b = jmp_device_get_serial (b);

  if (jmp_device_is_practice (a) != jmp_device_is_practice (b))
    return FALSE;
  if (strcmp (jmp_device_get_path (a), jmp_device_get_path (b)) == 0)
    return serial_a == NULL || serial_b == NULL || strcmp (serial_a, serial_b) == 0;
  return g_strcmp0 (serial_a, serial_b) == 0 && jmp_serial_is_unique (serial_a);
}
